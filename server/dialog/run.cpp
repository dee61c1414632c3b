#include "dialog/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "dialog/language_menu.hpp"

namespace passerelle::dialog {
namespace {

constexpr int most_steps = 50;  // in one turn

// A dialog that goes round in circles (lint refuses it) must not send fifty messages.
void forget_repeats(std::vector<Effect>& effects) {
  std::vector<Effect> once;
  for (Effect& effect : effects) {
    if (std::ranges::find(once, effect) == once.end()) once.push_back(std::move(effect));
  }
  effects = std::move(once);
}

Argument argument(const std::string& name, const std::string& text, const Library& library) {
  std::int64_t number = 0;
  if (!library.is_count(name)) return text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? Argument(number) : Argument(text);
}

bool holds(const Branch& branch, std::optional<std::int64_t> fact) {
  if (!fact) return false;
  switch (branch.compare) {
    case Branch::Compare::is: return *fact == branch.value;
    case Branch::Compare::at_least: return *fact >= branch.value;
    case Branch::Compare::at_most: return *fact <= branch.value;
  }
  return false;
}

// The name of the list that the step's question shows; empty: none.
std::string shown_list(const Step& step) {
  for (const Category& category : step.categories) {
    if (const auto* list = std::get_if<OnOneOf>(&category.test)) return list->list;
    if (std::holds_alternative<OnLanguage>(category.test)) return std::string(languages_list);
  }
  return {};
}

}  // namespace

struct Perform {
  Run& run;
  Answers& answers;

  void operator()(const Say& action) const { run.say(action.key, answers); }
  void operator()(const OpenTask& action) const { run.turn_.effects.emplace_back(TaskEffect{action.kind, answers}); }
  void operator()(const OpenCase& action) const { run.turn_.effects.emplace_back(CaseEffect{action.kind, answers}); }
  void operator()(const SetConsent& action) const { run.turn_.next.consent = action.consent; }
  void operator()(const MarkLatinOnly&) const { run.turn_.next.latin_only = true; }
  // Without an invitation (a caller's mistake) nothing can be recorded, and the answer must not be lost.
  void operator()(const Respond& action) const {
    std::string invitation = invitation_of(answers);
    if (invitation.empty()) return run.call_human(answers);
    run.turn_.effects.emplace_back(InvitationEffect{std::move(invitation), action.response});
  }
  void operator()(const Pick& action) const {
    const auto picked = run.facts_.knowledge.pick(action.what, answers);
    if (!picked) {
      answers.erase(action.what);
      return;
    }
    answers[action.what] = *picked;
    std::string& shown = answers[shown_answer];
    shown += (shown.empty() ? "" : " ") + *picked;
  }
  void operator()(const AnswerFor& action) const {
    const auto question = answers.find(action.name);
    const auto text = answers.find(text_answer);
    if (question == answers.end() || text == answers.end()) return run.call_human(answers);
    run.turn_.effects.emplace_back(AnswerForEffect{question->second, text->second});
  }
  void operator()(const OpenTopic& action) const {
    const auto topic = answers.find(action.name);
    if (topic == answers.end()) return run.call_human(answers);
    run.turn_.effects.emplace_back(TopicEffect{topic->second});
  }
};

struct Follow {
  Run& run;
  Spot from;

  std::optional<Spot> operator()(const ToStep& exit) {
    if (from.dialog->stale) from.dialog = run.library_.find(std::string_view(from.dialog->ref.name));
    const Step* step = from.dialog == nullptr ? nullptr : from.dialog->find(exit.step);
    if (step == nullptr) return (*this)(ToHuman{});
    from.step = step;
    from.called = false;
    return std::move(from);
  }
  // The dialog that called this one gets the end of that one.
  std::optional<Spot> operator()(const ToDialog& exit) {
    std::optional<Spot> spot = run.enter(exit.dialog, from.answers, !from.callers.empty());
    if (spot) spot->callers = std::move(from.callers);
    return spot;
  }
  // An aside goes back to the question that it interrupted, if there is one. A standing dialog interrupts nothing.
  std::optional<Spot> operator()(const ToFirst&) {
    const bool aside = !from.dialog->remembers && !from.dialog->standing;
    if (aside && newest_ordinary(run.turn_.next.stack, run.library_)) return std::nullopt;
    return run.enter(run.library_.first(), from.answers, false);
  }
  std::optional<Spot> operator()(const ToHuman&) {
    run.call_human(from.answers);
    return std::nullopt;
  }
  std::optional<Spot> operator()(const ToEnd&) { return run.end(std::move(from)); }
};

void Run::say(std::string_view key, const Answers& answers) {
  SayEffect effect{std::string(key), {}, invitation_of(answers)};
  for (const auto& [name, text] : answers) effect.arguments.emplace(name, argument(name, text, library_));
  turn_.effects.emplace_back(std::move(effect));
}

void Run::ask(const Frame& frame, const Step& step) {
  say(step.ask, frame.answers);
  std::string list = shown_list(step);
  // A menu of languages that was asked before its list was kept with it shows all of them.
  if (list.empty() || (list == languages_list && frame.offered.empty())) return;
  auto& effect = std::get<SayEffect>(turn_.effects.back());
  effect.list = std::move(list);
  effect.offered = frame.offered;
}

void Run::call_human(const Answers& answers) {
  const auto calls = [](const Effect& effect) {
    const auto* task = std::get_if<TaskEffect>(&effect);
    return task != nullptr && task->kind == human_task;
  };
  if (std::ranges::none_of(turn_.effects, calls))
    turn_.effects.emplace_back(TaskEffect{std::string(human_task), answers});
  const auto tells = [](const Effect& effect) {
    const auto* told = std::get_if<SayEffect>(&effect);
    return told != nullptr && told->key == human_key;
  };
  if (std::ranges::none_of(turn_.effects, tells)) say(human_key, answers);
}

void Run::take(const Dialog& dialog, const Step& step, std::string way) {
  turn_.taken.push_back({dialog.ref.name, step.id, std::move(way)});
}

// A dialog that is called clears nothing: it belongs to the one that waits for it.
std::optional<Spot> Run::enter(std::string_view name, const Answers& so_far, bool called) {
  const Dialog* dialog = library_.find(name);
  const auto reads = [&](const Dialog& each) {
    return each.languages.empty() || facts_.reads.empty() ||
           std::ranges::find(each.languages, facts_.reads) != each.languages.end();
  };
  if (dialog == nullptr || dialog->steps.empty() || !reads(*dialog)) {
    call_human(so_far);
    return std::nullopt;
  }
  if (dialog->remembers && !called) forget_ordinary();
  return Spot{dialog, &dialog->steps.front()};
}

void Run::forget_ordinary() {
  const std::vector<Frame> before = turn_.next.stack;
  dialog::forget_ordinary(turn_.next.stack, library_);
  for (const Frame& frame : before) {
    const Place place = place_of(frame, library_);
    const bool kept = std::ranges::find(turn_.next.stack, frame) != turn_.next.stack.end();
    if (kept || place.step == nullptr || !place.step->unanswered) continue;
    Run apart({}, facts_, library_, now_);
    apart.walk(
        apart.follow(place.step->unanswered->exit, Spot{place.dialog, place.step, frame.answers, frame.callers}));
    for (Effect& effect : apart.finish().effects) {
      if (std::holds_alternative<TaskEffect>(effect) || std::holds_alternative<CaseEffect>(effect))
        turn_.effects.push_back(std::move(effect));
    }
  }
}

std::optional<Spot> Run::open(std::string_view name, const Opening& opening) {
  std::optional<Spot> spot = enter(name, opening.answers, false);
  if (!spot) return std::nullopt;
  forget_invitation(turn_.next.stack, invitation_of(opening.answers));
  if (!opening.step.empty()) spot->step = spot->dialog->find(opening.step);
  if (spot->step == nullptr) {
    call_human(opening.answers);
    return std::nullopt;
  }
  if (!opening.step.empty()) take(*spot->dialog, *spot->step, "begins");
  spot->answers = opening.answers;
  spot->expires = opening.expires;
  return spot;
}

std::optional<Spot> Run::follow(const Exit& exit, Spot from) {
  return std::visit(Follow{*this, std::move(from)}, exit);
}

// The dialog that is called knows what was kept so far.
std::optional<Spot> Run::call(Spot spot) {
  if (spot.callers.size() >= Frame::most_callers) {
    call_human(spot.answers);
    return std::nullopt;
  }
  std::optional<Spot> inner = enter(spot.step->call, spot.answers, true);
  if (!inner) return std::nullopt;
  inner->answers = spot.answers;
  inner->callers = std::move(spot.callers);
  inner->callers.push_back({spot.dialog->ref, spot.step->id, std::move(spot.answers)});
  return inner;
}

// What follows a step that does not ask.
std::optional<Spot> Run::go_on(Spot spot) {
  const Step& step = *spot.step;
  if (!step.call.empty() && !spot.called) return call(std::move(spot));
  for (std::size_t i = 0; i < step.branches.size(); ++i) {
    const Branch& branch = step.branches[i];
    if (!holds(branch, facts_.knowledge.fact(branch.fact, spot.answers))) continue;
    take(*spot.dialog, step, fmt::format("when {}", i + 1));
    return follow(branch.exit, std::move(spot));
  }
  if (!step.branches.empty()) take(*spot.dialog, step, "then");
  return follow(step.exit, std::move(spot));
}

// The end of a dialog that was called is the middle of the one that called it.
std::optional<Spot> Run::end(Spot spot) {
  if (spot.callers.empty()) return std::nullopt;
  Caller caller = std::move(spot.callers.back());
  spot.callers.pop_back();
  const Dialog* dialog = dialog_of(caller.dialog, library_);
  const Step* step = dialog == nullptr ? nullptr : dialog->find(caller.step);
  if (step == nullptr) {
    call_human(spot.answers);
    return std::nullopt;
  }
  Answers answers = std::move(caller.answers);
  for (auto& [name, text] : spot.answers) answers.insert_or_assign(name, std::move(text));
  return Spot{dialog, step, std::move(answers), std::move(spot.callers), {}, true};
}

// Nothing: there is nothing to choose from. An empty list: the step shows none.
std::optional<std::vector<std::string>> Run::offered(const Step& step, const Answers& answers) const {
  const std::string list = shown_list(step);
  std::vector<std::string> ids;
  if (list.empty()) return ids;
  for (Choice& choice : facts_.knowledge.list(list, answers)) ids.push_back(std::move(choice.id));
  if (ids.empty() && list == languages_list) {
    for (const LanguageChoice& choice : facts_.languages) ids.push_back(choice.locale);
    return ids;
  }
  return ids.empty() ? std::nullopt : std::optional(ids);
}

// Asks, and waits on top of the stack.
bool Run::wait(Spot spot) {
  const Step& step = *spot.step;
  auto ids = offered(step, spot.answers);
  if (!ids) {
    call_human(spot.answers);
    return false;
  }
  const TimePoint expires = spot.expires.value_or(now_ + spot.dialog->expires);
  Frame frame{spot.dialog->ref,        step.id, std::move(spot.answers), 0, expires, now_, std::move(*ids),
              std::move(spot.callers), {}};
  if (step.unanswered) frame.gives_up = now_ + step.unanswered->after;
  ask(frame, step);
  push(turn_.next.stack, std::move(frame), library_);
  return true;
}

bool Run::walk(std::optional<Spot> spot) {
  while (spot) {
    if (++steps_ > most_steps) {
      forget_repeats(turn_.effects);
      call_human(spot->answers);
      return false;
    }
    if (!spot->called) {
      for (const Action& action : spot->step->actions) std::visit(Perform{*this, spot->answers}, action);
      if (!spot->step->ask.empty()) return wait(std::move(*spot));
    }
    spot = go_on(std::move(*spot));
  }
  return false;
}

}  // namespace passerelle::dialog
