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

// A dialog that calls one which can end may end itself: so the set grows until it is whole.
WayGraph::WayGraph(const Library& library, Until until) : library_(library), until_(until) {
  bool grows = true;
  while (grows) {
    grows = false;
    for (const auto& [name, dialog] : library.all()) {
      if (!ending_.contains(name) && ends(*dialog)) grows = ending_.insert(name).second;
    }
  }
}

// Those that a step can take now.
std::vector<const Exit*> WayGraph::exits_of(const Step& step) const {
  if (step.ask.empty()) {
    return comes_back(step) ? dialog::exits_of(step) : std::vector<const Exit*>();
  }
  if (until_ == Until::the_end) return dialog::exits_of(step);
  const bool gives_up = until_ == Until::an_answer && step.unanswered.has_value();
  return gives_up ? std::vector{&step.unanswered->exit} : std::vector<const Exit*>();
}

std::vector<Corner> WayGraph::after(const Corner& corner) const {
  std::vector<Corner> next;
  const auto add = [&next](const Corner& there) {
    if (there.step != nullptr) next.push_back(there);
  };
  if (!corner.step->call.empty()) add(beginning(corner.step->call));
  for (const Exit* exit : exits_of(*corner.step)) add(target(corner, *exit));
  return next;
}

Corner WayGraph::beginning(std::string_view name) const {
  const Dialog* dialog = library_.find(name);
  return dialog == nullptr || dialog->steps.empty() ? Corner{} : Corner{dialog, &dialog->steps.front()};
}

Corner WayGraph::target(const Corner& from, const Exit& exit) const {
  if (const auto* there = std::get_if<ToStep>(&exit)) return {from.dialog, from.dialog->find(there->step)};
  if (const auto* there = std::get_if<ToDialog>(&exit)) return beginning(there->dialog);
  return std::holds_alternative<ToFirst>(exit) ? beginning(library_.first()) : Corner{};
}

// 'first' leaves for good; the end of a dialog to which this one leads is its own end.
bool WayGraph::ends(const Dialog& dialog) const {
  if (dialog.steps.empty()) return false;
  std::vector<Corner> open{{&dialog, &dialog.steps.front()}};
  std::set<const Step*> seen{open.front().step};
  while (!open.empty()) {
    const Corner corner = open.back();
    open.pop_back();
    for (const Exit* exit : exits_of(*corner.step)) {
      if (std::holds_alternative<ToEnd>(*exit)) return true;
      const Corner there = std::holds_alternative<ToFirst>(*exit) ? Corner{} : target(corner, *exit);
      if (there.step != nullptr && seen.insert(there.step).second) open.push_back(there);
    }
  }
  return false;
}

}  // namespace passerelle::dialog
