#include "dialog/edges.hpp"

#include <algorithm>

namespace passerelle::dialog {

std::vector<const Exit*> exits_of(const Step& step) {
  std::vector<const Exit*> exits;
  for (const Category& category : step.categories) exits.push_back(&category.exit);
  if (step.unanswered) exits.push_back(&step.unanswered->exit);
  for (const Branch& branch : step.branches) exits.push_back(&branch.exit);
  if (step.ask.empty()) exits.push_back(&step.exit);
  return exits;
}

const OnOneOf* list_of(const Step& step) {
  for (const Category& category : step.categories) {
    if (const auto* list = std::get_if<OnOneOf>(&category.test)) return list;
  }
  return nullptr;
}

std::vector<DialogEdge> dialogs_after(const Dialog& dialog) {
  std::vector<DialogEdge> edges;
  for (const Step& step : dialog.steps) {
    if (!step.call.empty()) edges.push_back({step.call, &step});
    for (const Exit* exit : exits_of(step)) {
      if (const auto* there = std::get_if<ToDialog>(exit)) edges.push_back({there->dialog, nullptr});
    }
  }
  return edges;
}

// A dialog that calls one which asks nothing asks nothing by that: so the set grows until it is whole.
TurnGraph::TurnGraph(const Library& library) : library_(library) {
  bool grows = true;
  while (grows) {
    grows = false;
    for (const auto& [name, dialog] : library.all()) {
      if (!silent_.contains(name) && ends_unasked(*dialog)) grows = silent_.insert(name).second;
    }
  }
}

std::vector<Corner> TurnGraph::after(const Corner& corner) const {
  std::vector<Corner> next;
  if (!corner.step->ask.empty()) return next;
  const auto add = [&next](const Corner& there) {
    if (there.step != nullptr) next.push_back(there);
  };
  if (!corner.step->call.empty()) add(beginning(corner.step->call));
  if (!corner.step->call.empty() && !silent_.contains(corner.step->call)) return next;
  for (const Exit* exit : exits_of(*corner.step)) add(target(corner, *exit));
  return next;
}

Corner TurnGraph::beginning(std::string_view name) const {
  const Dialog* dialog = library_.find(name);
  return dialog == nullptr || dialog->steps.empty() ? Corner{} : Corner{dialog, &dialog->steps.front()};
}

Corner TurnGraph::target(const Corner& from, const Exit& exit) const {
  if (const auto* there = std::get_if<ToStep>(&exit)) return {from.dialog, from.dialog->find(there->step)};
  if (const auto* there = std::get_if<ToDialog>(&exit)) return beginning(there->dialog);
  return std::holds_alternative<ToFirst>(exit) ? beginning(library_.first()) : Corner{};
}

// 'first' leaves for good; the end of a dialog to which this one leads is its own end.
bool TurnGraph::ends_unasked(const Dialog& dialog) const {
  if (dialog.steps.empty()) return false;
  std::vector<Corner> open{{&dialog, &dialog.steps.front()}};
  std::set<const Step*> seen{open.front().step};
  while (!open.empty()) {
    const Corner corner = open.back();
    open.pop_back();
    const bool called = corner.step->call.empty() || silent_.contains(corner.step->call);
    if (!corner.step->ask.empty() || !called) continue;
    for (const Exit* exit : exits_of(*corner.step)) {
      if (std::holds_alternative<ToEnd>(*exit)) return true;
      const Corner there = std::holds_alternative<ToFirst>(*exit) ? Corner{} : target(corner, *exit);
      if (there.step != nullptr && seen.insert(there.step).second) open.push_back(there);
    }
  }
  return false;
}

}  // namespace passerelle::dialog
