#include "dialog/engine.hpp"

#include <algorithm>
#include <utility>

#include "dialog/match.hpp"

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
  Answers answers;
};

void say(Run& run, std::string_view key, const Answers& answers) {
  run.turn.effects.emplace_back(SayEffect{std::string(key), Arguments(answers.begin(), answers.end())});
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
};

// The beginning of a dialog; nothing, and a human is called, when there is no such dialog.
std::optional<Spot> enter(Run& run, std::string_view name, const Answers& so_far) {
  const Dialog* dialog = run.library.find(name);
  if (dialog == nullptr || dialog->steps.empty()) {
    call_human(run, so_far);
    return std::nullopt;
  }
  if (dialog->remembers) run.turn.next.stack.clear();
  return Spot{dialog, &dialog->steps.front(), {}};
}

struct Follow {
  Run& run;
  Spot& from;

  std::optional<Spot> operator()(const ToStep& exit) const {
    const Step* step = from.dialog->find(exit.step);
    if (step == nullptr) return (*this)(ToHuman{});
    return Spot{from.dialog, step, std::move(from.answers)};
  }
  std::optional<Spot> operator()(const ToDialog& exit) const { return enter(run, exit.dialog, from.answers); }
  // An aside goes back to the question that it interrupted, if there is one.
  std::optional<Spot> operator()(const ToFirst&) const {
    if (!from.dialog->remembers && !run.turn.next.stack.empty()) return std::nullopt;
    return enter(run, run.library.first(), from.answers);
  }
  std::optional<Spot> operator()(const ToHuman&) const {
    call_human(run, from.answers);
    return std::nullopt;
  }
  std::optional<Spot> operator()(const ToEnd&) const { return std::nullopt; }
};

// Asks, and waits on top of the stack. The same dialog waits only once, and its newest question counts.
void wait(Run& run, Spot spot) {
  std::vector<Frame>& stack = run.turn.next.stack;
  say(run, spot.step->ask, spot.answers);
  std::erase_if(stack, [&](const Frame& each) { return each.dialog.name == spot.dialog->ref.name; });
  if (stack.size() >= Conversation::deepest) stack.erase(stack.begin());
  stack.push_back({spot.dialog->ref, spot.step->id, std::move(spot.answers), 0, run.now + spot.dialog->expires});
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

struct Place {
  const Dialog* dialog;
  const Step* step;
};

// Where a waiting frame stands in the library of today; no step when it has gone.
Place place_of(const Frame& frame, const Library& library) {
  const Dialog* dialog = library.find(frame.dialog.name);
  const Step* step = dialog == nullptr ? nullptr : dialog->find(frame.step);
  return {dialog, step == nullptr || step->ask.empty() ? nullptr : step};
}

void keep(Run& run, const Test& test, const Answer& answer, const Facts& facts, Answers& answers) {
  if (const auto* text = std::get_if<OnText>(&test)) answers[text->keep] = kept_text(answer.reading);
  if (std::holds_alternative<OnLanguage>(test)) {
    run.turn.next.locale = chosen_language(answer, facts)->locale;
    run.turn.next.locale_chosen = true;
  }
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
  frame.expires = run.now + place.dialog->expires;
  run.turn.next.stack.push_back(std::move(frame));
  return true;
}

// After an aside: the question that it interrupted comes back, with its full time to answer.
void ask_older_again(Run& run) {
  std::vector<Frame>& stack = run.turn.next.stack;
  while (!stack.empty()) {
    const Place place = place_of(stack.back(), run.library);
    if (place.step != nullptr) {
      say(run, place.step->ask, stack.back().answers);
      stack.back().expires = run.now + place.dialog->expires;
      return;
    }
    const Frame gone = std::move(stack.back());
    stack.pop_back();
    call_human(run, gone.answers);
  }
}

}  // namespace

Turn start(const Conversation& conversation, std::string_view dialog, const Library& library, TimePoint now) {
  Run run{library, now, {conversation, {}}};
  drop_expired(run.turn.next, now);
  walk(run, enter(run, dialog, {}));
  return std::move(run.turn);
}

Turn answer(const Conversation& conversation, const Answer& answer, const Facts& facts, const Library& library,
            TimePoint now) {
  if (!waiting(conversation, now)) return start(conversation, library.first(), library, now);
  Run run{library, now, {conversation, {}}};
  std::vector<Frame>& stack = run.turn.next.stack;
  drop_expired(run.turn.next, now);
  Frame frame = std::move(stack.back());
  stack.pop_back();
  const Place place = place_of(frame, library);
  if (place.dialog != nullptr && place.dialog->remembers) stack.clear();
  bool asked = false;
  if (place.step == nullptr) {
    call_human(run, frame.answers);
  } else if (const Category* category = match(*place.step, answer, facts)) {
    keep(run, category->test, answer, facts, frame.answers);
    Spot spot{place.dialog, place.step, std::move(frame.answers)};
    asked = walk(run, std::visit(Follow{run, spot}, category->exit));
  } else {
    asked = miss(run, std::move(frame), place);
  }
  if (!asked) ask_older_again(run);
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
  if (conversation.stack.empty()) return false;
  const Place place = place_of(conversation.stack.back(), library);
  const Category* category = place.step == nullptr ? nullptr : match(*place.step, answer, facts);
  return category != nullptr && !std::holds_alternative<OnText>(category->test);
}

}  // namespace passerelle::dialog
