#include "dialog/load_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "dialog/load_action.hpp"
#include "dialog/load_answer.hpp"
#include "dialog/load_branch.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> step_words{"do",      "say",        "ask",    "answers", "otherwise", "tries",
                                          "unclear", "unanswered", "begins", "call",    "when",      "then"};
const std::vector<std::string> unanswered_words{"after", "then"};

void read_answers(const Node& list, const std::vector<std::string>& steps, Step& step, Report& report) {
  if (!list.is_list() || list.items.empty()) {
    report.add(list.at, "'answers' needs a list", "begin each answer with '- ', as in '- number: 1'");
    return;
  }
  for (const Node& item : list.items) {
    auto category = read_answer(item, steps, report);
    if (!category) continue;
    check_answer_reached(item, category->test, step.categories, report);
    step.categories.push_back(std::move(*category));
  }
}

std::optional<Unanswered> read_unanswered(const Node& node, const std::vector<std::string>& steps, Report& report) {
  const std::string form = "write 'unanswered: {after: 2h, then: STEP}'";
  if (!node.is_map()) {
    report.add(node.at, "'unanswered' needs a time and a 'then'", form);
    return std::nullopt;
  }
  check_keys(node, "'unanswered'", unanswered_words, report);
  const Node* after = node.find("after");
  const Node* then = node.find("then");
  if (after == nullptr) report.add(node.at, "'unanswered' does not say after how long", form);
  if (then == nullptr) report.add(node.at, "'unanswered' leads nowhere", form);
  if (after == nullptr || then == nullptr) return std::nullopt;
  const auto span = read_span(*after, "after", report);
  const auto exit = read_exit(*then, steps, report);
  if (!span || !exit) return std::nullopt;
  return Unanswered{*span, *exit, report.position(after->at)};
}

void read_question(const Node& body, const Node& ask, const std::vector<std::string>& steps, Step& step,
                   Report& report) {
  step.ask = read_sentence_key(ask, "ask", report).value_or("");
  step.ask_at = report.position(ask.at);
  if (const Node* answers = body.find("answers")) {
    read_answers(*answers, steps, step, report);
  } else {
    report.add(ask.at, fmt::format("step '{}' asks, but has no 'answers'", step.id),
               "add 'answers:' and a list below it");
  }
  if (const Node* otherwise = body.find("otherwise")) {
    step.otherwise = read_sentence_key(*otherwise, "otherwise", report).value_or("");
    step.otherwise_at = report.position(otherwise->at);
  }
  if (const Node* tries = body.find("tries")) step.tries = read_number(*tries, "tries", 1, 5, report).value_or(2);
  if (const Node* unclear = body.find("unclear")) step.human_reads = read_unclear(*unclear, report);
  if (const Node* unanswered = body.find("unanswered")) step.unanswered = read_unanswered(*unanswered, steps, report);
}

// Words that only mean something beside 'ask', and those that only mean something without it.
void check_company(const Node& body, bool asks, Report& report) {
  constexpr std::array<std::string_view, 3> ways_on{"then", "when", "call"};
  constexpr std::array<std::string_view, 5> of_questions{"answers", "otherwise", "tries", "unclear", "unanswered"};
  for (const Node& key : body.keys) {
    if (asks && std::ranges::find(ways_on, key.word) != ways_on.end()) {
      report.add(key.at, fmt::format("a step that asks has no '{}' of its own", key.word),
                 key.word == "then" ? "put a 'then' in each of its answers"
                                    : fmt::format("let an answer lead to a step with '{}'", key.word));
    }
    if (!asks && std::ranges::find(of_questions, key.word) != of_questions.end()) {
      report.add(key.at, fmt::format("'{}' needs a question", key.word), "add 'ask: KEY', or delete it");
    }
    const bool misses = key.word == "otherwise" || key.word == "tries";
    if (asks && misses && body.find("unclear") != nullptr) {
      report.add(key.at, fmt::format("'{}' does nothing beside 'unclear: human'", key.word), "delete one of the two");
    }
  }
}

}  // namespace

Step read_step(const Node& id, const Node& body, const std::vector<std::string>& steps, Report& report) {
  Step step;
  step.id = id.word;
  step.at = report.position(id.at);
  check_step_id(id, report);
  if (!body.is_map() || body.keys.empty()) {
    report.add(id.at, fmt::format("step '{}' does nothing", id.word),
               "give it 'say', 'do', 'ask' or 'then', further in");
    return step;
  }
  check_keys(body, "a step", step_words, report);
  read_actions(body, step.actions, report);
  const Node* ask = body.find("ask");
  check_company(body, ask != nullptr, report);
  if (const Node* begins = body.find("begins")) step.begins = read_truth(*begins, "begins", report).value_or(false);
  if (ask != nullptr) read_question(body, *ask, steps, step, report);
  if (ask == nullptr) read_way_on(body, steps, step, report);
  return step;
}

}  // namespace passerelle::dialog
