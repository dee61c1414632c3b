// Topics that people ask about in their own words.
#include <fmt/format.h>

#include <algorithm>

#include "dialog/lint_checks.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

void check_step(const Dialog& dialog, const Heard& heard, Findings& findings) {
  if (heard.step.empty()) return;
  std::vector<std::string> steps;
  for (const Step& step : dialog.steps) steps.push_back(step.id);
  const Step* step = dialog.find(heard.step);
  if (step == nullptr) {
    findings.push_back({heard.step_at, fmt::format("there is no step '{}'", heard.step),
                        remedy_for(heard.step, steps, "name a step of this dialog")});
  } else if (!step->begins && step != &dialog.steps.front()) {
    findings.push_back({heard.step_at, fmt::format("the dialog cannot begin at step '{}'", heard.step),
                        "write 'begins: true' in that step"});
  }
}

void check_alone(const Dialog& dialog, const Heard& heard, const Checked& checked) {
  for (const auto& [name, other] : checked.library.all()) {
    for (const Heard& each : other->heard) {
      if (&each == &heard) return;  // the first one keeps it
      if (each.topic() != heard.topic()) continue;
      checked.findings.push_back({heard.at,
                                  fmt::format("'{}' is heard by the dialog '{}' already", heard.topic(), name),
                                  name == dialog.ref.name ? "delete one of the two" : "let one dialog hear it"});
      return;
    }
  }
}

void check_open_topic(const Dialog& dialog, const Step& step, Findings& findings) {
  for (const Action& action : step.actions) {
    const auto* open = std::get_if<OpenTopic>(&action);
    const auto keeps = [&](const Step& each) {
      return std::ranges::any_of(each.categories, [&](const Category& category) {
        const auto* list = std::get_if<OnOneOf>(&category.test);
        return list != nullptr && list->list == "topics" && list->keep == open->name;
      });
    };
    if (open == nullptr || std::ranges::any_of(dialog.steps, keeps)) continue;
    findings.push_back({open->at, fmt::format("no answer keeps the choice of a topic as '{}'", open->name),
                        fmt::format("add an answer 'one_of: topics' with 'keep: {}'", open->name)});
  }
}

}  // namespace

void check_heard(const Dialog& dialog, const Checked& checked) {
  for (const Heard& heard : dialog.heard) {
    check_step(dialog, heard, checked.findings);
    check_alone(dialog, heard, checked);
    if (!dialog.standing) continue;
    checked.findings.push_back({heard.at, "only the server begins a dialog that is 'standing'",
                                "let another dialog hear this topic, or take 'standing: true' away"});
  }
  for (const Step& step : dialog.steps) check_open_topic(dialog, step, checked.findings);
}

}  // namespace passerelle::dialog
