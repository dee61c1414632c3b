#include "dialog/engine.hpp"

#include <algorithm>
#include <utility>

#include "dialog/match.hpp"
#include "dialog/stack.hpp"

namespace passerelle::dialog {
namespace {

constexpr int most_steps = 50;  // in one turn

// A turn in the making.
struct Run {
  const Library& library;
  TimePoint now;
  Turn turn;
  int steps = 0;
};

// Where a dialog stands while it does not wait.
struct Spot {
  const Dialog* dialog;
  const Step* step;
  Answers answers = {};
  std::optional<TimePoint> expires = {};  // of what it asks, when that is not for the dialog to say
};

void say(Run& run, std::string_view key, const Answers& answers) {
  run.turn.effects.emplace_back(
      SayEffect{std::string(key), Arguments(answers.begin(), answers.end()), invitation_of(answers)});
}

// Once a turn: somebody who is called twice is still one task, and the person is told so once.
void call_human(Run& run, const Answers& answers) {
  const TaskEffect task{std::string(human_task)};
  const bool called = std::ranges::find(run.turn.effects, Effect(task)) != run.turn.effects.end();
  if (!called) run.turn.effects.emplace_back(task);
  const auto tells = [](const Effect& effect) {
    const auto* told = std::get_if<SayEffect>(&effect);
    return told != nullptr && told->key == human_key;
  };
  if (std::ranges::none_of(run.turn.effects, tells)) say(run, human_key, answers);
}

// A dialog that goes round in circles (lint refuses it) must not send fifty messages.
void forget_repeats(std::vector<Effect>& effects) {
  std::vector<Effect> once;
  for (Effect& effect : effects) {
    if (std::ranges::find(once, effect) == once.end()) once.push_back(std::move(effect));
  }
  effects = std::move(once);
}

struct Perform {
  Run& run;
  const Answers& answers;

  void operator()(const Say& action) const { say(run, action.key, answers); }
  void operator()(const OpenTask& action) const { run.turn.effects.emplace_back(TaskEffect{action.kind}); }
  void operator()(const OpenCase& action) const { run.turn.effects.emplace_back(CaseEffect{action.kind, answers}); }
  void operator()(const SetConsent& action) const { run.turn.next.consent = action.consent; }
  void operator()(const MarkLatinOnly&) const { run.turn.next.latin_only = true; }
  // Without an invitation (a caller's mistake) nothing can be recorded, and the answer must not be lost.
  void operator()(const Respond& action) const {
    std::string invitation = invitation_of(answers);
    if (invitation.empty()) return call_human(run, answers);
    run.turn.effects.emplace_back(InvitationEffect{std::move(invitation), action.response});
  }
};

// The beginning of a dialog; nothing, and a human is called, when there is no such dialog.
std::optional<Spot> enter(Run& run, std::string_view name, const Answers& so_far) {
  const Dialog* dialog = run.library.find(name);
  if (dialog == nullptr || dialog->steps.empty()) {
    call_human(run, so_far);
    return std::nullopt;
  }
  if (dialog->remembers) forget_ordinary(run.turn.next.stack, run.library);
  return Spot{dialog, &dialog->steps.front()};
}

// The beginning that the caller wants; nothing, and a human is called, when there is no such dialog or step.
std::optional<Spot> open(Run& run, std::string_view name, const Opening& opening) {
  std::optional<Spot> spot = enter(run, name, opening.answers);
  if (!spot) return std::nullopt;
  forget_invitation(run.turn.next.stack, invitation_of(opening.answers));
  if (!opening.step.empty()) spot->step = spot->dialog->find(opening.step);
  if (spot->step == nullptr) {
    call_human(run, opening.answers);
    return std::nullopt;
  }
  spot->answers = opening.answers;
  spot->expires = opening.expires;
  return spot;
}

struct Follow {
  Run& run;
  Spot& from;

  std::optional<Spot> operator()(const ToStep& exit) const {
    const Step* step = from.dialog->find(exit.step);
    if (step == nullptr) return (*this)(ToHuman{});
    return Spot{from.dialog, step, std::move(from.answers), from.expires};
  }
  std::optional<Spot> operator()(const ToDialog& exit) const { return enter(run, exit.dialog, from.answers); }
  // An aside goes back to the question that it interrupted, if there is one. A standing dialog interrupts nothing.
  std::optional<Spot> operator()(const ToFirst&) const {
    const bool aside = !from.dialog->remembers && !from.dialog->standing;
    if (aside && newest_ordinary(run.turn.next.stack, run.library)) return std::nullopt;
    return enter(run, run.library.first(), from.answers);
  }
  std::optional<Spot> operator()(const ToHuman&) const {
    call_human(run, from.answers);
    return std::nullopt;
  }
  std::optional<Spot> operator()(const ToEnd&) const { return std::nullopt; }
};

// Asks, and waits on top of the stack.
void wait(Run& run, Spot spot) {
  say(run, spot.step->ask, spot.answers);
  const TimePoint expires = spot.expires.value_or(run.now + spot.dialog->expires);
  push(run.turn.next.stack, {spot.dialog->ref, spot.step->id, std::move(spot.answers), 0, expires, run.now},
       run.library);
}

// Goes from step to step until one asks (true) or the dialog ends (false).
bool walk(Run& run, std::optional<Spot> spot) {
  while (spot) {
    if (++run.steps > most_steps) {
      forget_repeats(run.turn.effects);
      call_human(run, spot->answers);
      return false;
    }
    for (const Action& action : spot->step->actions) std::visit(Perform{run, spot->answers}, action);
    if (!spot->step->ask.empty()) {
      wait(run, std::move(*spot));
      return true;
    }
    const Exit& exit = spot->step->exit;
    spot = std::visit(Follow{run, *spot}, exit);
  }
  return false;
}

void keep(Run& run, const Test& test, const Answer& answer, const Facts& facts, Answers& answers) {
  if (const auto* text = std::get_if<OnText>(&test)) answers[text->keep] = kept_text(answer.reading);
  if (std::holds_alternative<OnLanguage>(test)) {
    run.turn.next.locale = chosen_language(answer, facts)->locale;
    run.turn.next.locale_chosen = true;
  }
}

// A question that was put again: it has its full time to be answered, but a standing one only until its event.
void ask_again(Frame& frame, const Dialog& dialog, TimePoint now) {
  frame.asked = now;
  if (!dialog.standing) frame.expires = now + dialog.expires;
}

// Nothing fits: the question again, or a human. True while the question still waits.
bool miss(Run& run, Frame frame, const Place& place) {
  if (++frame.misses >= place.step->tries) {
    call_human(run, frame.answers);
    return false;
  }
  say(run, place.step->otherwise.empty() ? not_understood_key : std::string_view(place.step->otherwise), frame.answers);
  say(run, place.step->ask, frame.answers);
  frame.dialog = place.dialog->ref;
  ask_again(frame, *place.dialog, run.now);
  run.turn.next.stack.push_back(std::move(frame));
  return true;
}

// After an aside: the question that it interrupted comes back, as the newest again.
void ask_older_again(Run& run) {
  std::vector<Frame>& stack = run.turn.next.stack;
  while (const auto older = newest_ordinary(stack, run.library)) {
    Frame frame = take(stack, *older);
    const Place place = place_of(frame, run.library);
    if (place.step != nullptr) {
      say(run, place.step->ask, frame.answers);
      ask_again(frame, *place.dialog, run.now);
      stack.push_back(std::move(frame));
      return;
    }
    call_human(run, frame.answers);
  }
}

// Whether the question of this frame would put the answer in a category other than free text.
bool accepts(const Frame& frame, const Answer& answer, const Facts& facts, const Library& library) {
  const Place place = place_of(frame, library);
  const Category* category = place.step == nullptr ? nullptr : match(*place.step, answer, facts);
  return category != nullptr && !std::holds_alternative<OnText>(category->test);
}

// Goes on from a question that the answer fits (or not, when 'category' is null). True while the dialog waits.
bool go_on(Run& run, Frame frame, const Place& place, const Category* category, const Answer& answer,
           const Facts& facts) {
  if (place.step == nullptr) {
    call_human(run, frame.answers);
    return false;
  }
  if (category == nullptr) return miss(run, std::move(frame), place);
  keep(run, category->test, answer, facts, frame.answers);
  Spot spot{place.dialog, place.step, std::move(frame.answers)};
  if (place.dialog->standing) spot.expires = frame.expires;
  return walk(run, std::visit(Follow{run, spot}, category->exit));
}

}  // namespace

Turn start(const Conversation& conversation, std::string_view dialog, const Library& library, TimePoint now,
           const Opening& opening) {
  Run run{library, now, {conversation, {}}};
  drop_expired(run.turn.next, now);
  walk(run, open(run, dialog, opening));
  return std::move(run.turn);
}

Turn answer(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library,
            TimePoint now, std::optional<std::size_t> at) {
  const std::optional<std::size_t> asked = question(conversation.stack, at, now);
  if (!asked) return start(conversation, library.first(), library, now);
  Run run{library, now, {conversation, {}}};
  std::vector<Frame>& stack = run.turn.next.stack;
  Frame frame = take(stack, *asked);
  const Place place = place_of(frame, library);
  const Category* category = place.step == nullptr ? nullptr : match(*place.step, answer, facts);
  if (place.step != nullptr && category == nullptr && place.step->human_reads) {
    run.turn.next = conversation;
    drop_expired(run.turn.next, now);
    call_human(run, frame.answers);
    return std::move(run.turn);
  }
  drop_expired(run.turn.next, now);
  if (place.dialog != nullptr && place.dialog->remembers) forget_ordinary(stack, library);
  const bool waits = go_on(run, std::move(frame), place, category, answer, facts);
  if (!waits && (place.dialog == nullptr || !place.dialog->standing)) ask_older_again(run);
  return std::move(run.turn);
}

bool waiting(const Conversation& conversation, TimePoint now) {
  return std::ranges::any_of(conversation.stack, [now](const Frame& each) { return each.expires > now; });
}

void drop_expired(Conversation& conversation, TimePoint now) {
  std::erase_if(conversation.stack, [now](const Frame& each) { return each.expires <= now; });
}

bool is_optional(const Conversation& conversation, const Library& library) {
  const Dialog* dialog = conversation.stack.empty() ? nullptr : library.find(conversation.stack.back().dialog.name);
  return dialog != nullptr && dialog->optional;
}

void drop_question(Conversation& conversation) {
  if (!conversation.stack.empty()) conversation.stack.pop_back();
}

bool takes_any_text(const Conversation& conversation, const Library& library) {
  if (conversation.stack.empty()) return false;
  const Place place = place_of(conversation.stack.back(), library);
  return place.step != nullptr && std::ranges::any_of(place.step->categories, [](const Category& each) {
           return std::holds_alternative<OnText>(each.test);
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
