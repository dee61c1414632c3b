#include "dialog/load_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> step_words{"do",    "say",     "ask",    "answers", "otherwise",
                                          "tries", "unclear", "begins", "then"};
const std::vector<std::string> action_words{"say", "task", "case", "consent", "latin_only", "invitation"};
const std::vector<std::string> answer_words{"number", "words", "yes", "no", "language", "text", "then"};
const std::vector<std::string> test_words{"number", "yes", "no", "language", "text"};

// One sentence key, or a list of them.
void read_say(const Node& value, std::vector<Action>& actions, Report& report) {
  if (!value.is_list()) {
    if (auto key = read_sentence_key(value, "say", report)) actions.push_back(Say{*key, report.position(value.at)});
    return;
  }
  if (value.items.empty()) report.add(value.at, "'say' says nothing", "write the key of a sentence");
  for (const Node& item : value.items) {
    if (auto key = read_sentence_key(item, "say", report)) actions.push_back(Say{*key, report.position(item.at)});
  }
}

void read_action(const Node& node, std::vector<Action>& actions, Report& report) {
  if (!node.is_map() || node.keys.size() != 1) {
    report.add(node.at, "each line of 'do' is one action", "write '- say: KEY', '- task: KIND' and so on");
    return;
  }
  const std::string& word = node.keys[0].word;
  const Node& value = node.items[0];
  if (word == "say") {
    read_say(value, actions, report);
  } else if (word == "task") {
    if (auto kind = read_name(value, "task", report)) actions.push_back(OpenTask{*kind});
  } else if (word == "case") {
    if (auto kind = read_name(value, "case", report)) actions.push_back(OpenCase{*kind});
  } else if (word == "consent") {
    if (auto consent = read_consent(value, report)) actions.push_back(SetConsent{*consent});
  } else if (word == "latin_only") {
    if (read_truth(value, "latin_only", report)) actions.push_back(MarkLatinOnly{});
  } else if (word == "invitation") {
    if (auto response = read_response(value, report))
      actions.push_back(Respond{*response, report.position(node.keys[0].at)});
  } else {
    check_keys(node, "an action", action_words, report);
  }
}

void read_actions(const Node& body, std::vector<Action>& actions, Report& report) {
  if (const Node* say = body.find("say")) read_say(*say, actions, report);
  const Node* list = body.find("do");
  if (list == nullptr) return;
  if (!list->is_list() || list->items.empty()) {
    report.add(list->at, "'do' needs a list of actions", "put each action on a line of its own that begins with '- '");
    return;
  }
  for (const Node& action : list->items) read_action(action, actions, report);
}

std::optional<Test> read_test(const Node& node, const std::string& word, Report& report) {
  const Node& value = *node.find(word);
  if (word == "text") {
    const auto keep = read_answer_name(value, report);
    return keep ? std::optional<Test>(OnText{*keep}) : std::nullopt;
  }
  if (word == "number") {
    OnNumber test;
    if (const Node* words = node.find("words")) {
      test.words = read_sentence_key(*words, "words", report).value_or("");
      test.words_at = report.position(words->at);
    }
    const auto number = read_number(value, "number", 1, 99, report);
    test.number = number.value_or(0);
    return number ? std::optional<Test>(test) : std::nullopt;
  }
  if (!read_truth(value, word, report)) return std::nullopt;
  if (word == "yes") return OnYes{};
  if (word == "no") return OnNo{};
  return OnLanguage{};
}

// The one test of an answer: exactly one of number, yes, no, language, text.
std::optional<Test> read_only_test(const Node& node, Report& report) {
  std::vector<const Node*> tests;
  for (const Node& key : node.keys) {
    if (std::ranges::find(test_words, key.word) != test_words.end()) tests.push_back(&key);
  }
  if (tests.empty()) {
    report.add(node.at, "this answer does not say what it answers to",
               "add 'number: 1', 'yes: true', 'no: true', 'language: true' or 'text: NAME'");
    return std::nullopt;
  }
  if (tests.size() > 1) {
    report.add(tests[1]->at, fmt::format("one answer cannot be '{}' and '{}'", tests[0]->word, tests[1]->word),
               "write two answers, each with its own '- '");
  }
  if (const Node* words = node.find("words"); words != nullptr && tests[0]->word != "number") {
    report.add(words->at, "'words' belongs to a 'number'", "delete it, or add 'number: N'");
  }
  return read_test(node, tests[0]->word, report);
}

std::optional<Category> read_answer(const Node& node, const std::vector<std::string>& steps, Report& report) {
  if (!node.is_map()) {
    report.add(node.at, "an answer is what it answers to and a 'then'",
               "write '- number: 1' and below it 'then: STEP'");
    return std::nullopt;
  }
  check_keys(node, "an answer", answer_words, report);
  const auto test = read_only_test(node, report);
  const Node* then = node.find("then");
  if (then == nullptr) {
    report.add(node.at, "this answer leads nowhere", "add 'then: STEP' (or end, human, first, 'dialog NAME')");
  }
  const auto exit = then == nullptr ? std::nullopt : read_exit(*then, steps, report);
  if (!test) return std::nullopt;
  return Category{*test, exit.value_or(ToEnd{}), report.position(node.at)};
}

// What an answer answers to, in words that are equal when two answers are the same.
std::string name_of(const Test& test) {
  if (const auto* number = std::get_if<OnNumber>(&test)) return fmt::format("number: {}", number->number);
  if (std::holds_alternative<OnText>(test)) return "text";
  return std::holds_alternative<OnYes>(test) ? "yes" : std::holds_alternative<OnNo>(test) ? "no" : "language";
}

void check_reached(const Node& node, const std::string& name, const std::set<std::string>& earlier, Report& report) {
  if (earlier.contains("text")) {
    report.add(node.at, "this answer can never be reached: the 'text' before it takes everything",
               "move the 'text' answer to the end");
  } else if (earlier.contains(name)) {
    report.add(node.at, fmt::format("this answer can never be reached: '{}' is already above", name),
               "delete it, or answer to something else");
  }
}

void read_answers(const Node& list, const std::vector<std::string>& steps, Step& step, Report& report) {
  if (!list.is_list() || list.items.empty()) {
    report.add(list.at, "'answers' needs a list", "begin each answer with '- ', as in '- number: 1'");
    return;
  }
  std::set<std::string> earlier;
  for (const Node& item : list.items) {
    const auto category = read_answer(item, steps, report);
    if (!category) continue;
    const std::string name = name_of(category->test);
    check_reached(item, name, earlier, report);
    earlier.insert(name);
    step.categories.push_back(*category);
  }
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
}

// Words that only mean something beside 'ask', and 'then', which only means something without it.
void check_company(const Node& body, bool asks, Report& report) {
  for (const Node& key : body.keys) {
    if (asks && key.word == "then") {
      report.add(key.at, "a step that asks has no 'then' of its own", "put a 'then' in each of its answers");
    }
    const bool misses = key.word == "otherwise" || key.word == "tries";
    if (!asks && (misses || key.word == "answers" || key.word == "unclear")) {
      report.add(key.at, fmt::format("'{}' needs a question", key.word), "add 'ask: KEY', or delete it");
    }
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
  if (const Node* then = body.find("then")) step.exit = read_exit(*then, steps, report).value_or(ToEnd{});
  return step;
}

}  // namespace passerelle::dialog
