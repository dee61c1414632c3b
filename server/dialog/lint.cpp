#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/nearest.hpp"
#include "dialog/engine.hpp"
#include "dialog/library.hpp"

namespace passerelle::dialog {
namespace {

using Keys = std::vector<std::string>;

std::string did_you_mean(std::string_view word, const Keys& valid, std::string otherwise) {
  const std::string near = nearest(word, valid);
  return near.empty() ? std::move(otherwise) : fmt::format("did you mean '{}'?", near);
}

std::vector<const Exit*> exits_of(const Step& step) {
  if (step.ask.empty()) return {&step.exit};
  std::vector<const Exit*> exits;
  for (const Category& category : step.categories) exits.push_back(&category.exit);
  return exits;
}

// --- dialogs that others lead to ---

void check_dialogs(const Dialog& dialog, const Library& library, const Keys& names, Findings& findings) {
  for (const Step& step : dialog.steps) {
    for (const Exit* exit : exits_of(step)) {
      const auto* there = std::get_if<ToDialog>(exit);
      if (there == nullptr || library.find(there->dialog) != nullptr) continue;
      findings.push_back({there->at, fmt::format("there is no dialog '{}'", there->dialog),
                          did_you_mean(there->dialog, names, fmt::format("write dialogs/{}.yaml", there->dialog))});
    }
  }
}

void check_first(const Library& library, const Keys& names, Findings& findings) {
  if (library.find(library.first()) != nullptr) return;
  findings.push_back({{fmt::format("dialogs/{}.yaml", library.first()), 0, 0},
                      fmt::format("the first dialog, '{}', does not exist", library.first()),
                      did_you_mean(library.first(), names, "write it, or name another one as first_dialog")});
}

// --- keys ---

class KeyCheck {
 public:
  KeyCheck(const std::set<std::string>& keys, Findings& findings)
      : keys_(keys), list_(keys.begin(), keys.end()), findings_(findings) {}

  void sentence(std::string_view key, const Position& at) const { check("sentence", key, at); }
  void words(std::string_view key, const Position& at) const { check("list of words", key, at); }

 private:
  void check(std::string_view noun, std::string_view key, const Position& at) const {
    if (key.empty() || keys_.contains(std::string(key))) return;
    findings_.push_back({at, fmt::format("there is no {} '{}'", noun, key),
                         did_you_mean(key, list_, "add it to every file of locales/")});
  }

  const std::set<std::string>& keys_;
  Keys list_;
  Findings& findings_;
};

void check_keys_of(const Dialog& dialog, const KeyCheck& check) {
  for (const Step& step : dialog.steps) {
    for (const Action& action : step.actions) {
      if (const auto* say = std::get_if<Say>(&action)) check.sentence(say->key, say->at);
    }
    check.sentence(step.ask, step.ask_at);
    check.sentence(step.otherwise, step.otherwise_at);
    for (const Category& category : step.categories) {
      if (const auto* number = std::get_if<OnNumber>(&category.test)) check.words(number->words, number->words_at);
    }
  }
}

// The engine says these by itself, whatever the dialogs are.
void check_own_keys(const Library& library, const KeyCheck& check) {
  if (library.all().empty()) return;
  const Position at{library.all().begin()->second->at.file, 0, 0};
  check.sentence(not_understood_key, at);
  check.sentence(human_key, at);
}

// --- dialogs that stand for an invitation ---

// Only whoever begins a standing dialog says for which invitation; and one that took any text would take all that
// somebody writes for days.
void check_standing(const Dialog& dialog, Findings& findings) {
  for (const Step& step : dialog.steps) {
    for (const Action& action : step.actions) {
      const auto* respond = std::get_if<Respond>(&action);
      if (respond == nullptr || dialog.standing) continue;
      findings.push_back(
          {respond->at, "only a standing dialog knows an invitation", "add 'standing: true' at the top"});
    }
    for (const Category& category : step.categories) {
      if (!dialog.standing || !std::holds_alternative<OnText>(category.test)) continue;
      findings.push_back({category.at, "a question that stands for days cannot take any text",
                          "delete this answer, and let 'unclear: human' bring the text to a person"});
    }
  }
}

// --- steps that nobody reaches ---

void check_reached(const Dialog& dialog, Findings& findings) {
  if (dialog.steps.empty()) return;
  std::set<const Step*> reached;
  std::vector<const Step*> open;
  for (const Step& step : dialog.steps) {
    if (step.begins || &step == &dialog.steps.front()) open.push_back(&step);
  }
  reached.insert(open.begin(), open.end());
  while (!open.empty()) {
    const Step* step = open.back();
    open.pop_back();
    for (const Exit* exit : exits_of(*step)) {
      const auto* there = std::get_if<ToStep>(exit);
      const Step* next = there == nullptr ? nullptr : dialog.find(there->step);
      if (next != nullptr && reached.insert(next).second) open.push_back(next);
    }
  }
  for (const Step& step : dialog.steps) {
    if (reached.contains(&step)) continue;
    findings.push_back(
        {step.at, fmt::format("no 'then' leads to step '{}'", step.id), "let one lead there, or delete it"});
  }
}

// --- circles in which nobody is asked ---

struct Spot {
  const Dialog* dialog = nullptr;
  const Step* step = nullptr;
};

Spot beginning(const Library& library, std::string_view name) {
  const Dialog* dialog = library.find(name);
  return dialog == nullptr || dialog->steps.empty() ? Spot{} : Spot{dialog, &dialog->steps.front()};
}

// What follows a step in the same turn: at most one step, since only a question has several exits.
Spot next_in_turn(const Spot& spot, const Library& library) {
  if (!spot.step->ask.empty()) return {};
  if (const auto* there = std::get_if<ToStep>(&spot.step->exit)) {
    const Step* step = spot.dialog->find(there->step);
    return step == nullptr ? Spot{} : Spot{spot.dialog, step};
  }
  if (const auto* there = std::get_if<ToDialog>(&spot.step->exit)) return beginning(library, there->dialog);
  return std::holds_alternative<ToFirst>(spot.step->exit) ? beginning(library, library.first()) : Spot{};
}

Finding circle(const std::vector<Spot>& path, std::size_t from) {
  std::string way;
  for (std::size_t i = from; i < path.size(); ++i) {
    way += fmt::format("{}/{} → ", path[i].dialog->ref.name, path[i].step->id);
  }
  way += fmt::format("{}/{}", path[from].dialog->ref.name, path[from].step->id);
  return {path[from].step->at, "these steps go round in a circle without a question: " + way,
          "let one of them ask, or let it lead elsewhere"};
}

void check_circles(const Library& library, Findings& findings) {
  std::set<const Step*> done;
  for (const auto& [name, dialog] : library.all()) {
    for (const Step& step : dialog->steps) {
      std::vector<Spot> path;
      Spot spot{dialog.get(), &step};
      while (spot.step != nullptr && done.insert(spot.step).second) {
        path.push_back(spot);
        spot = next_in_turn(spot, library);
      }
      const auto met = std::ranges::find(path, spot.step, &Spot::step);
      if (met != path.end()) findings.push_back(circle(path, static_cast<std::size_t>(met - path.begin())));
    }
  }
}

}  // namespace

Findings lint(const Library& library, const std::set<std::string>& keys) {
  Findings findings;
  Keys names;
  for (const auto& [name, dialog] : library.all()) names.push_back(name);
  const KeyCheck check(keys, findings);
  check_first(library, names, findings);
  check_own_keys(library, check);
  for (const auto& [name, dialog] : library.all()) {
    check_dialogs(*dialog, library, names, findings);
    check_keys_of(*dialog, check);
    check_standing(*dialog, findings);
    check_reached(*dialog, findings);
  }
  check_circles(library, findings);
  std::ranges::sort(findings, {}, [](const Finding& each) {
    return std::tie(each.at.file, each.at.line, each.at.column, each.what);
  });
  return findings;
}

}  // namespace passerelle::dialog
