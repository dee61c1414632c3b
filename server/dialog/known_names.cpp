#include "dialog/known_names.hpp"

#include "dialog/edges.hpp"
#include "dialog/engine.hpp"

namespace passerelle::dialog {
namespace {

Names picked_by(const Step& step) {
  Names names;
  for (const Action& action : step.actions) {
    if (const auto* pick = std::get_if<Pick>(&action)) names.insert({pick->what, shown_answer});
  }
  return names;
}

}  // namespace

// What is known flows along the exits until nothing new comes anywhere.
KnownNames::KnownNames(const Library& library) : library_(library) {
  for (const auto& [name, dialog] : library.all()) {
    for (const Step& step : dialog->steps) known_[&step] = picked_by(step);
    for (const Heard& heard : dialog->heard) {
      const Step* step =
          heard.step.empty() && !dialog->steps.empty() ? &dialog->steps.front() : dialog->find(heard.step);
      if (step != nullptr && !heard.keep.empty()) known_[step].insert(heard.keep);
    }
  }
  while (grows_) {
    grows_ = false;
    for (const auto& [name, dialog] : library.all()) flow(*dialog);
  }
}

void KnownNames::flow(const Dialog& dialog) {
  if (!dialog.steps.empty()) add(known_[&dialog.steps.front()], called_with_[dialog.ref.name]);
  for (const Step& step : dialog.steps) flow(dialog, step);
}

void KnownNames::flow(const Dialog& dialog, const Step& step) {
  Names names = known_[&step];
  if (!step.call.empty()) {
    add(called_with_[step.call], names);
    names.merge(kept_by(step.call));
  }
  for (const Category& category : step.categories) {
    Names with = names;
    if (const std::string kept = kept_name(category.test); !kept.empty()) with.insert(kept);
    leave(dialog, category.exit, with);
  }
  if (step.unanswered) leave(dialog, step.unanswered->exit, names);
  for (const Branch& branch : step.branches) leave(dialog, branch.exit, names);
  if (step.ask.empty()) leave(dialog, step.exit, names);
}

// Another dialog begins without knowing anything.
void KnownNames::leave(const Dialog& dialog, const Exit& exit, const Names& names) {
  const auto* there = std::get_if<ToStep>(&exit);
  const Step* step = there == nullptr ? nullptr : dialog.find(there->step);
  if (step != nullptr) add(known_[step], names);
}

void KnownNames::add(Names& to, const Names& names) {
  const std::size_t before = to.size();
  to.insert(names.begin(), names.end());
  grows_ = grows_ || to.size() > before;
}

// All that the dialog may keep until it ends, whatever it calls or leads to.
Names KnownNames::kept_by(const std::string& name) const {
  Names names;
  std::set<std::string> seen{name};
  std::vector<std::string> open{name};
  while (!open.empty()) {
    const Dialog* dialog = library_.find(open.back());
    open.pop_back();
    if (dialog == nullptr) continue;
    for (const Step& step : dialog->steps) {
      names.merge(picked_by(step));
      for (const Category& category : step.categories) names.insert(kept_name(category.test));
    }
    for (const DialogEdge& edge : dialogs_after(*dialog)) {
      if (seen.insert(edge.to).second) open.push_back(edge.to);
    }
  }
  names.erase("");
  return names;
}

}  // namespace passerelle::dialog
