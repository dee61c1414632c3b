#include "dialog/load_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dialog/vocabulary.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> test_words{"number", "yes",    "no",    "language", "one_of", "count",
                                          "date",   "moment", "phone", "media",    "text"};
const std::vector<std::string> answer_words{"number", "yes",    "no",    "language", "one_of", "count",
                                            "date",   "moment", "phone", "media",    "text",   "words",
                                            "keep",   "value",  "from",  "to",       "range",  "then"};

// Words that only mean something beside some tests.
struct Companion {
  std::string_view word;
  std::vector<std::string_view> tests;
  std::string_view remedy;
};
const std::vector<Companion> companions{
    {"words", {"number", "yes", "no"}, "delete it, or add 'number: N'"},
    {"keep", {"number", "one_of"}, "delete it; 'text', 'count' and the like are followed by the name themselves"},
    {"value", {"number"}, "delete it: what the person writes is kept"},
    {"from", {"count"}, "delete it, or answer to 'count: NAME'"},
    {"to", {"count"}, "delete it, or answer to 'count: NAME'"},
    {"range", {"date"}, "delete it, or answer to 'date: NAME'"},
};

void check_companions(const Node& node, const std::string& test, Report& report) {
  for (const Companion& each : companions) {
    const auto key = std::ranges::find(node.keys, each.word, &Node::word);
    if (key == node.keys.end() || std::ranges::find(each.tests, test) != each.tests.end()) continue;
    report.add(key->at, fmt::format("'{}' does nothing beside '{}'", each.word, test), std::string(each.remedy));
  }
}

WordsKey read_words(const Node& node, Report& report) {
  const Node* words = node.find("words");
  if (words == nullptr) return {};
  return {read_sentence_key(*words, "words", report).value_or(""), report.position(words->at)};
}

// --- the tests, one reader each; nothing when it could not be read ---

std::optional<Test> read_menu_number(const Node& node, const Node& value, Report& report) {
  OnNumber test;
  const WordsKey words = read_words(node, report);
  test.words = words.key;
  test.words_at = words.at;
  const Node* keep = node.find("keep");
  const Node* kept = node.find("value");
  if (keep != nullptr) test.keep = read_answer_name(*keep, "keep", report).value_or("");
  if (kept != nullptr) test.value = read_name(*kept, "value", report).value_or("");
  if (keep != nullptr && kept == nullptr) {
    report.add(keep->at, "a 'keep' beside a number does not say what is kept", "add 'value: WORD'");
  }
  if (keep == nullptr && kept != nullptr) {
    report.add(kept->at, "a 'value' is kept under no name", "add 'keep: NAME'");
  }
  const auto number = read_number(value, "number", 1, 99, report);
  test.number = number.value_or(0);
  return number ? std::optional<Test>(test) : std::nullopt;
}

std::optional<Test> read_list_choice(const Node& node, const Node& value, Report& report) {
  const auto list = read_one_of(value, "one_of", list_names(), report);
  const Node* keep = node.find("keep");
  if (keep == nullptr) {
    report.add(value.at, "what is chosen from the list is kept under no name", "add 'keep: NAME'");
    return std::nullopt;
  }
  const auto name = read_answer_name(*keep, "keep", report);
  return list && name ? std::optional<Test>(OnOneOf{*list, *name}) : std::nullopt;
}

std::optional<int> read_bound(const Node& node, std::string_view word, Report& report) {
  const Node* bound = node.find(word);
  if (bound != nullptr) return read_number(*bound, word, 1, largest_count, report);
  report.add(node.at, fmt::format("'count' needs '{}'", word),
             "write the least and the most, like 'from: 1' and 'to: 12'");
  return std::nullopt;
}

std::optional<Test> read_count(const Node& node, const Node& value, Report& report) {
  const auto keep = read_answer_name(value, "count", report);
  const auto from = read_bound(node, "from", report);
  const auto to = read_bound(node, "to", report);
  if (from && to && *from > *to) {
    report.add(node.find("from")->at, fmt::format("'from: {}' is more than 'to: {}'", *from, *to),
               "write the smaller number after 'from'");
    return std::nullopt;
  }
  return keep && from && to ? std::optional<Test>(OnCount{*keep, *from, *to}) : std::nullopt;
}

std::optional<Test> read_date(const Node& node, const Node& value, Report& report) {
  static const std::vector<std::string> ranges{"any", "future", "past"};
  const auto keep = read_answer_name(value, "date", report);
  if (!keep) return std::nullopt;
  OnDate test{*keep};
  const Node* range = node.find("range");
  if (range == nullptr) return test;
  const auto word = read_one_of(*range, "range", ranges, report);
  if (!word) return std::nullopt;
  if (*word == ranges[1]) test.range = OnDate::Range::future;
  if (*word == ranges[2]) test.range = OnDate::Range::past;
  return test;
}

// Tests that take nothing but the name under which the answer is kept.
template <class Kept>
std::optional<Test> read_kept(const Node& value, std::string_view word, Report& report) {
  const auto keep = read_answer_name(value, word, report);
  return keep ? std::optional<Test>(Kept{*keep}) : std::nullopt;
}

std::optional<Test> read_test(const Node& node, const std::string& word, Report& report) {
  const Node& value = *node.find(word);
  if (word == "number") return read_menu_number(node, value, report);
  if (word == "one_of") return read_list_choice(node, value, report);
  if (word == "count") return read_count(node, value, report);
  if (word == "date") return read_date(node, value, report);
  if (word == "moment") return read_kept<OnMoment>(value, word, report);
  if (word == "phone") return read_kept<OnPhone>(value, word, report);
  if (word == "media") return read_kept<OnMedia>(value, word, report);
  if (word == "text") return read_kept<OnText>(value, word, report);
  const WordsKey words = read_words(node, report);
  if (!read_truth(value, word, report)) return std::nullopt;
  if (word == "yes") return OnYes{words.key, words.at};
  if (word == "no") return OnNo{words.key, words.at};
  return OnLanguage{};
}

// The one test of an answer: exactly one of 'test_words'.
std::optional<Test> read_only_test(const Node& node, Report& report) {
  std::vector<const Node*> tests;
  for (const Node& key : node.keys) {
    if (std::ranges::find(test_words, key.word) != test_words.end()) tests.push_back(&key);
  }
  if (tests.empty()) {
    report.add(node.at, "this answer does not say what it answers to",
               "add 'number: 1', 'yes: true', 'text: NAME' or another test of dialogs/README.md");
    return std::nullopt;
  }
  if (tests.size() > 1) {
    report.add(tests[1]->at, fmt::format("one answer cannot be '{}' and '{}'", tests[0]->word, tests[1]->word),
               "write two answers, each with its own '- '");
    return std::nullopt;
  }
  check_companions(node, tests[0]->word, report);
  return read_test(node, tests[0]->word, report);
}

// --- what an answer leaves for the ones below ---

// Whether whatever fits 'below' fits 'above' first.
struct Takes {
  const Test& below;

  bool operator()(const OnNumber& above) const {
    const auto* number = std::get_if<OnNumber>(&below);
    return number != nullptr && number->number == above.number;
  }
  bool operator()(const OnCount& above) const {
    if (const auto* number = std::get_if<OnNumber>(&below)) {
      return number->words.empty() && above.from <= number->number && number->number <= above.to;
    }
    const auto* count = std::get_if<OnCount>(&below);
    return count != nullptr && above.from <= count->from && count->to <= above.to;
  }
  bool operator()(const OnDate& above) const {
    const auto* date = std::get_if<OnDate>(&below);
    return date != nullptr && (above.range == OnDate::Range::any || above.range == date->range);
  }
  bool operator()(const OnText&) const { return true; }
  template <class Other>
  bool operator()(const Other&) const {
    return std::holds_alternative<Other>(below);
  }
};

std::string shown(const Test& test) {
  if (const auto* number = std::get_if<OnNumber>(&test)) return fmt::format("number: {}", number->number);
  return test_words[test.index()];
}

}  // namespace

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

void check_answer_reached(const Node& node, const Test& test, const std::vector<Category>& above, Report& report) {
  const auto taker =
      std::ranges::find_if(above, [&](const Category& each) { return std::visit(Takes{test}, each.test); });
  if (taker == above.end()) return;
  if (std::holds_alternative<OnText>(taker->test)) {
    report.add(node.at, "this answer can never be reached: the 'text' before it takes everything",
               "move the 'text' answer to the end");
  } else if (std::holds_alternative<OnOneOf>(test)) {
    report.add(node.at, "a question can offer one list only", "ask for the second one in a step of its own");
  } else {
    report.add(node.at, fmt::format("this answer can never be reached: '{}' is already above", shown(taker->test)),
               "delete it, or answer to something else");
  }
}

}  // namespace passerelle::dialog
