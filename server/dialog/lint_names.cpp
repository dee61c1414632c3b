// Names under which something is kept, and the arguments of sentences that tell it.
#include <fmt/format.h>

#include <algorithm>

#include "dialog/edges.hpp"
#include "dialog/known_names.hpp"
#include "dialog/lint_checks.hpp"
#include "dialog/sentence_arguments.hpp"
#include "dialog/vocabulary.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

bool is_list(const std::string& name) {
  return std::ranges::find(list_words(), name, &ListWord::name) != list_words().end();
}

// --- what answers are kept under ---

void check_kept(const Category& category, const Checked& checked) {
  const std::string name = kept_name(category.test);
  if (name.empty()) return;
  if (find_argument(name) != nullptr || is_list(name)) {
    checked.findings.push_back({category.at, fmt::format("sentences say something else as {{{}}} already", name),
                                "keep the answer under another name"});
  }
  if (checked.library.is_count(name) && !std::holds_alternative<OnCount>(category.test)) {
    checked.findings.push_back(
        {category.at, fmt::format("another answer keeps a number as '{}'", name), "keep this one under another name"});
  }
}

void check_answer_for(const Dialog& dialog, const Step& step, Findings& findings) {
  std::vector<std::string> chosen;
  for (const Step& each : dialog.steps) {
    const OnOneOf* list = list_of(each);
    if (list != nullptr && list->list == "questions") chosen.push_back(list->keep);
  }
  for (const Action& action : step.actions) {
    const auto* answer = std::get_if<AnswerFor>(&action);
    if (answer == nullptr || std::ranges::find(chosen, answer->name) != chosen.end()) continue;
    findings.push_back({answer->at, fmt::format("no answer keeps the choice of a question as '{}'", answer->name),
                        remedy_for(answer->name, chosen,
                                   fmt::format("add an answer 'one_of: questions' with 'keep: {}'", answer->name))});
  }
}

// --- what sentences need ---

class ArgumentCheck {
 public:
  explicit ArgumentCheck(const Checked& checked) : checked_(checked), known_(checked.library) {}

  void check(const Dialog& dialog) const {
    for (const Step& step : dialog.steps) check(step);
    check(dialog.title, dialog.title_at, {});  // said by another dialog, which knows nothing of this one
  }

 private:
  void check(const Step& step) const {
    const Names& names = known_.at(step);
    for (const Action& action : step.actions) {
      if (const auto* say = std::get_if<Say>(&action)) check(say->key, say->at, names);
    }
    check(step.otherwise, step.otherwise_at, names);
    check_list(step);
    Names of_the_question = names;
    if (const OnOneOf* list = list_of(step)) of_the_question.insert(list->list);
    check(step.ask, step.ask_at, of_the_question);
  }

  const std::set<std::string>* arguments_of(const std::string& key) const {
    const auto found = checked_.sentences.arguments.find(key);
    return found == checked_.sentences.arguments.end() ? nullptr : &found->second;
  }

  void check(const std::string& key, const Position& at, const Names& names) const {
    const auto* arguments = arguments_of(key);
    if (arguments == nullptr) return;
    for (const std::string& argument : *arguments) {
      const ArgumentWord* word = find_argument(argument);
      const bool told = word != nullptr && (word->needs.empty() || names.contains(std::string(word->needs)));
      if (told || names.contains(argument)) continue;
      checked_.findings.push_back({at, fmt::format("the sentence '{}' says {{{}}}, which nothing gives", key, argument),
                                   remedy(argument, names)});
    }
  }

  static std::string remedy(const std::string& argument, const Names& names) {
    if (is_list(argument))
      return fmt::format("only a question shows a list: add an answer 'one_of: {}' to it", argument);
    if (const ArgumentWord* word = find_argument(argument)) return remedy_for_need(std::string(word->needs));
    std::vector<std::string> valid(names.begin(), names.end());
    for (const ArgumentWord& word : argument_words()) valid.emplace_back(word.name);
    return remedy_for(argument, valid, fmt::format("keep an answer as '{}' on the way here", argument));
  }

  static std::string remedy_for_need(const std::string& name) {
    const std::vector<std::string> picks = pick_names();
    if (std::ranges::find(picks, name) != picks.end()) return fmt::format("add 'pick: {}' on the way here", name);
    return fmt::format("keep an answer as '{}' on the way here", name);
  }

  void check_list(const Step& step) const {
    const OnOneOf* list = list_of(step);
    const auto* arguments = arguments_of(step.ask);
    if (list == nullptr || arguments == nullptr || arguments->contains(list->list)) return;
    checked_.findings.push_back({step.ask_at, fmt::format("the question '{}' does not show its list", step.ask),
                                 fmt::format("write {{{}}} where its lines belong, in locales/", list->list)});
  }

  const Checked& checked_;
  KnownNames known_;
};

}  // namespace

void check_names(const Checked& checked) {
  const ArgumentCheck arguments(checked);
  for (const auto& [name, dialog] : checked.library.all()) {
    arguments.check(*dialog);
    for (const Step& step : dialog->steps) {
      check_answer_for(*dialog, step, checked.findings);
      for (const Category& category : step.categories) check_kept(category, checked);
    }
  }
}

}  // namespace passerelle::dialog
