// Where a dialog leads, step by step.
#include <fmt/format.h>

#include "dialog/edges.hpp"
#include "dialog/lint_checks.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

// --- dialogs that others lead to ---

void check_dialog(const std::string& name, const Position& at, const Checked& checked) {
  if (name.empty()) return;
  if (const Dialog* there = checked.library.find(name)) {
    if (!there->standing) return;
    checked.findings.push_back({at, fmt::format("only the server begins '{}', which is 'standing'", name),
                                "lead to another dialog, or take 'standing: true' away there"});
    return;
  }
  std::vector<std::string> names;
  for (const auto& [known, dialog] : checked.library.all()) names.push_back(known);
  checked.findings.push_back({at, fmt::format("there is no dialog '{}'", name),
                              remedy_for(name, names, fmt::format("write dialogs/{}.yaml", name))});
}

void check_dialogs(const Dialog& dialog, const Checked& checked) {
  for (const Step& step : dialog.steps) {
    check_dialog(step.call, step.call_at, checked);
    for (const Exit* exit : exits_of(step)) {
      if (const auto* there = std::get_if<ToDialog>(exit)) check_dialog(there->dialog, there->at, checked);
    }
  }
}

// --- steps that nobody reaches, or that are of no use ---

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

void check_dead_ends(const Dialog& dialog, Findings& findings) {
  for (const Step& step : dialog.steps) {
    const bool works = !step.actions.empty() || !step.ask.empty() || !step.call.empty() || !step.branches.empty();
    if (works || !std::holds_alternative<ToEnd>(step.exit)) continue;
    findings.push_back({step.at, fmt::format("step '{}' says nothing, does nothing and ends", step.id),
                        "give it something to say, or write 'then: end' where it is led to"});
  }
}

// --- dialogs that stand for an invitation ---

struct TooGreedy {  // for a question that stands for days: it would take what somebody writes about something else
  std::string_view operator()(const OnText&) const { return "any text"; }
  std::string_view operator()(const OnCount&) const { return "any number"; }
  std::string_view operator()(const OnDate&) const { return "any date"; }
  std::string_view operator()(const OnPhone&) const { return "any phone number"; }
  std::string_view operator()(const OnMedia&) const { return "any photo or voice message"; }
  template <class Other>
  std::string_view operator()(const Other&) const {
    return {};
  }
};

void check_standing_step(const Step& step, Findings& findings) {
  if (!step.call.empty()) {
    findings.push_back({step.call_at, "a dialog that stands for days cannot call another one",
                        "ask here, or lead there with 'then: dialog NAME'"});
  }
  for (const Category& category : step.categories) {
    const std::string_view taken = std::visit(TooGreedy{}, category.test);
    if (taken.empty()) continue;
    findings.push_back({category.at, fmt::format("a question that stands for days cannot take {}", taken),
                        "delete this answer, and let 'unclear: human' bring the text to a person"});
  }
}

// Only whoever begins a standing dialog says for which invitation.
void check_invitations(const Step& step, Findings& findings) {
  for (const Action& action : step.actions) {
    const auto* respond = std::get_if<Respond>(&action);
    if (respond == nullptr) continue;
    findings.push_back({respond->at, "only a standing dialog knows an invitation", "add 'standing: true' at the top"});
  }
}

}  // namespace

void check_ways(const Dialog& dialog, const Checked& checked) {
  check_dialogs(dialog, checked);
  check_reached(dialog, checked.findings);
  check_dead_ends(dialog, checked.findings);
  for (const Step& step : dialog.steps) {
    if (dialog.standing)
      check_standing_step(step, checked.findings);
    else
      check_invitations(step, checked.findings);
  }
}

}  // namespace passerelle::dialog
