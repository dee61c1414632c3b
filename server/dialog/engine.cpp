#include "dialog/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dialog/language_menu.hpp"
#include "dialog/match.hpp"
#include "dialog/run.hpp"
#include "dialog/stack.hpp"

namespace passerelle::dialog {
namespace {

class NothingKnown final : public Knowledge {
 public:
  std::optional<std::int64_t> fact(std::string_view, const Answers&) const override { return std::nullopt; }
  std::vector<Choice> list(std::string_view, const Answers&) const override { return {}; }
  std::optional<std::string> pick(std::string_view, const Answers&) const override { return std::nullopt; }
};

void keep(Run& run, const Category& category, const Answer& answer, const Frame& frame, Answers& answers) {
  if (std::holds_alternative<OnLanguage>(category.test)) {
    run.next().locale = chosen_language(answer, frame, run.facts())->locale;
    run.next().locale_chosen = true;
  } else if (const std::string name = kept_name(category.test); !name.empty()) {
    answers[name] = kept(category.test, answer, frame, run.facts());
  }
}

// A question that was put again: it has its full time to be answered, but a standing one only until its event.
void renew(Frame& frame, const Place& place, TimePoint now) {
  frame.asked = now;
  if (!place.dialog->standing) frame.expires = now + place.dialog->expires;
  if (place.step->unanswered) frame.gives_up = now + place.step->unanswered->after;
}

// Where a question that is put again stands: a stale dialog's in today's version, where the sentence is from.
Place place_again(const Place& place, const Library& library) {
  if (place.step == nullptr || !place.dialog->stale) return place;
  const Dialog* today = library.find(std::string_view(place.dialog->ref.name));
  const Step* step = today == nullptr ? nullptr : today->find(place.step->id);
  return {today, step == nullptr || step->ask.empty() ? nullptr : step};
}

// Nothing fits: the question again, or a human. True while the question still waits.
bool miss(Run& run, Frame frame, const Place& asked) {
  const Place place = place_again(asked, run.library());
  if (place.step == nullptr) {
    run.call_human(frame.answers);
    return false;
  }
  if (++frame.misses >= place.step->tries) {
    run.take(*place.dialog, *place.step, "human");
    run.call_human(frame.answers);
    return false;
  }
  run.take(*place.dialog, *place.step, "otherwise");
  run.say(place.step->otherwise.empty() ? not_understood_key : std::string_view(place.step->otherwise), frame.answers);
  run.ask(frame, *place.step);
  frame.dialog = place.dialog->ref;
  renew(frame, place, run.now());
  run.stack().push_back(std::move(frame));
  return true;
}

// The next part of a list of languages: no answer yet, and no miss. True while the question still waits.
bool show_others(Run& run, Frame frame, const Place& asked) {
  const Place place = place_again(asked, run.library());
  if (place.step == nullptr) {
    run.call_human(frame.answers);
    return false;
  }
  frame.offered = next_part(std::move(frame.offered));
  run.ask(frame, *place.step);
  frame.dialog = place.dialog->ref;
  renew(frame, place, run.now());
  run.stack().push_back(std::move(frame));
  return true;
}

// After an aside: the question that it interrupted comes back, as the newest again.
void ask_older_again(Run& run) {
  while (const auto older = newest_ordinary(run.stack(), run.library())) {
    Frame frame = take(run.stack(), *older);
    const Place place = place_again(place_of(frame, run.library()), run.library());
    if (place.step != nullptr) {
      frame.dialog = place.dialog->ref;
      run.ask(frame, *place.step);
      renew(frame, place, run.now());
      run.stack().push_back(std::move(frame));
      return;
    }
    run.call_human(frame.answers);
  }
}

// Whether the question of this frame would put the answer in a category other than free text.
bool accepts(const Frame& frame, const Answer& answer, const Facts& facts, const Library& library) {
  const Place place = place_of(frame, library);
  const Category* category = place.step == nullptr ? nullptr : match(*place.step, frame, answer, facts);
  return category != nullptr && !std::holds_alternative<OnText>(category->test);
}

// Goes on from a question that the answer fits (or not, when 'category' is null). True while the dialog waits.
bool go_on(Run& run, Frame frame, const Place& place, const Category* category, const Answer& answer) {
  if (place.step == nullptr) {
    run.call_human(frame.answers);
    return false;
  }
  if (category == nullptr) return miss(run, std::move(frame), place);
  run.take(*place.dialog, *place.step, fmt::format("answer {}", category - place.step->categories.data() + 1));
  if (std::holds_alternative<OnLanguage>(category->test) && wants_other_languages(answer, frame))
    return show_others(run, std::move(frame), place);
  Spot spot{place.dialog, place.step, frame.answers, frame.callers};
  keep(run, *category, answer, frame, spot.answers);
  if (place.dialog->standing) spot.expires = frame.expires;
  return run.walk(run.follow(category->exit, std::move(spot)));
}

// What fits nothing is for a person at once, and every question stays as it is.
Turn let_human_read(Run& run, const Conversation& conversation, const Frame& frame, const Place& place) {
  run.next() = conversation;
  drop_expired(run.next(), run.now());
  run.take(*place.dialog, *place.step, "human");
  run.call_human(frame.answers);
  return run.finish();
}

}  // namespace

const Knowledge& nothing_known() {
  static const NothingKnown nothing;
  return nothing;
}

Turn start(const Conversation& conversation, std::string_view dialog, const Facts& facts, const Library& library,
           TimePoint now, const Opening& opening) {
  Run run(conversation, facts, library, now);
  drop_expired(run.next(), now);
  run.walk(run.open(dialog, opening));
  return run.finish();
}

Turn answer(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library,
            TimePoint now, std::optional<std::size_t> at) {
  const std::optional<std::size_t> asked = question(conversation.stack, at, now);
  if (!asked) return start(conversation, library.first(), facts, library, now);
  Run run(conversation, facts, library, now);
  Frame frame = take(run.stack(), *asked);
  const Place place = place_of(frame, library);
  const Category* category = place.step == nullptr ? nullptr : match(*place.step, frame, answer, facts);
  if (place.step != nullptr && category == nullptr && place.step->human_reads)
    return let_human_read(run, conversation, frame, place);
  drop_expired(run.next(), now);
  if (place.dialog != nullptr && place.dialog->remembers && frame.callers.empty()) run.forget_ordinary();
  const bool waits = go_on(run, std::move(frame), place, category, answer);
  if (!waits && (place.dialog == nullptr || !place.dialog->standing)) ask_older_again(run);
  return run.finish();
}

std::optional<TimePoint> next_time_out(const Conversation& conversation) {
  std::optional<TimePoint> next;
  for (const Frame& frame : conversation.stack) {
    if (frame.gives_up && (!next || *frame.gives_up < *next)) next = frame.gives_up;
  }
  return next;
}

Turn time_out(const Conversation& conversation, const Facts& facts, const Library& library, TimePoint now) {
  Run run(conversation, facts, library, now);
  const std::optional<TimePoint> first = next_time_out(conversation);
  if (!first || *first > now) return run.finish();
  const auto found = std::ranges::find(conversation.stack, first, &Frame::gives_up);
  Frame frame = take(run.stack(), static_cast<std::size_t>(found - conversation.stack.begin()));
  const Place place = place_of(frame, library);
  // In a new version of the dialog the step may not give up any more: then the question goes on waiting.
  if (place.step != nullptr && !place.step->unanswered) {
    frame.gives_up.reset();
    run.stack().insert(run.stack().begin() + (found - conversation.stack.begin()), std::move(frame));
    return run.finish();
  }
  if (place.step == nullptr) {
    run.call_human(frame.answers);
    return run.finish();
  }
  run.take(*place.dialog, *place.step, "unanswered");
  Spot spot{place.dialog, place.step, std::move(frame.answers), std::move(frame.callers)};
  run.walk(run.follow(place.step->unanswered->exit, std::move(spot)));
  return run.finish();
}

Turn ask_again(const Conversation& conversation, const Facts& facts, const Library& library, TimePoint now) {
  Run run(conversation, facts, library, now);
  drop_expired(run.next(), now);
  ask_older_again(run);
  return run.finish();
}

bool waiting(const Conversation& conversation, TimePoint now) {
  return std::ranges::any_of(conversation.stack, [now](const Frame& each) { return each.expires > now; });
}

void drop_expired(Conversation& conversation, TimePoint now) {
  std::erase_if(conversation.stack, [now](const Frame& each) { return each.expires <= now; });
}

bool is_optional(const Conversation& conversation, const Library& library) {
  if (conversation.stack.empty()) return false;
  const Dialog* dialog = dialog_of(conversation.stack.back().dialog, library);
  return dialog != nullptr && dialog->optional;
}

void drop_question(Conversation& conversation) {
  if (!conversation.stack.empty()) conversation.stack.pop_back();
}

std::optional<std::size_t> takes_any_text(const Conversation& conversation, const Library& library) {
  const auto at = newest_ordinary(conversation.stack, library);
  if (!at) return std::nullopt;
  const Place place = place_of(conversation.stack[*at], library);
  const bool takes = place.step != nullptr && std::ranges::any_of(place.step->categories, [](const Category& each) {
                       return std::holds_alternative<OnText>(each.test);
                     });
  return takes ? at : std::nullopt;
}

bool asks_for_day(const Conversation& conversation, const Library& library) {
  const auto is_day = [](const Category& each) {
    return std::holds_alternative<OnDate>(each.test) || std::holds_alternative<OnMoment>(each.test);
  };
  return std::ranges::any_of(conversation.stack, [&](const Frame& frame) {
    const Place place = place_of(frame, library);
    return place.step != nullptr && std::ranges::any_of(place.step->categories, is_day);
  });
}

bool accepts(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library) {
  return !conversation.stack.empty() && accepts(conversation.stack.back(), answer, facts, library);
}

std::vector<std::size_t> accepting(const Conversation& conversation, const Answer& answer, const Facts& facts,
                                   const Library& library) {
  std::vector<std::size_t> frames;
  for (std::size_t at = conversation.stack.size(); at-- > 0;) {
    if (accepts(conversation.stack[at], answer, facts, library)) frames.push_back(at);
  }
  return frames;
}

}  // namespace passerelle::dialog
