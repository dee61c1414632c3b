#include "dialog/load_branch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "dialog/vocabulary.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> branch_words{"fact", "is", "at_least", "at_most", "then"};
const std::vector<std::string> comparisons{"is", "at_least", "at_most"};

const FactWord* find_fact(std::string_view name) {
  const auto found = std::ranges::find(fact_words(), name, &FactWord::name);
  return found == fact_words().end() ? nullptr : &*found;
}

// The one comparison of a branch; null when it has none, or several.
const Node* find_comparison(const Node& node, const FactWord& fact, Report& report) {
  const Node* only = nullptr;
  for (const Node& key : node.keys) {
    if (std::ranges::find(comparisons, key.word) == comparisons.end()) continue;
    if (only != nullptr) {
      report.add(key.at, fmt::format("one branch cannot be '{}' and '{}'", only->word, key.word),
                 "write two branches, each with its own '- '");
      return nullptr;
    }
    only = &key;
  }
  if (only == nullptr) {
    report.add(node.at, fmt::format("this branch does not say what '{}' must be", fact.name),
               fact.yes_no ? "add 'is: yes' or 'is: no'" : "add 'at_least: N', 'at_most: N' or 'is: N'");
  }
  return only;
}

std::optional<std::int64_t> read_yes_no(const Node& key, const Node& value, const FactWord& fact, Report& report) {
  const bool fits = key.word == "is" && value.is_word() && (value.word == "yes" || value.word == "no");
  if (fits) return value.word == "yes" ? 1 : 0;
  report.add(key.word == "is" ? value.at : key.at, fmt::format("'{}' is a fact that is yes or no", fact.name),
             "write 'is: yes' or 'is: no'");
  return std::nullopt;
}

std::optional<std::int64_t> read_amount(const Node& key, const Node& value, const FactWord& fact, Report& report) {
  if (!value.is_word() || (value.word != "yes" && value.word != "no")) {
    return read_number(value, key.word, 0, largest_count, report);
  }
  report.add(value.at, fmt::format("'{}' is a number", fact.name), "write 'at_least: 1', 'at_most: 0' or 'is: 0'");
  return std::nullopt;
}

Branch::Compare compare_of(std::string_view word) {
  if (word == "at_least") return Branch::Compare::at_least;
  return word == "at_most" ? Branch::Compare::at_most : Branch::Compare::is;
}

// The fact of a branch and what it must be.
bool read_condition(const Node& node, Branch& branch, Report& report) {
  const Node* name = node.find("fact");
  if (name == nullptr) {
    report.add(node.at, "this branch does not say what it looks at", "add 'fact: ' and one of dialogs/README.md");
    return false;
  }
  const auto word = read_one_of(*name, "fact", fact_names(), report);
  if (!word) return false;
  const FactWord& fact = *find_fact(*word);
  const Node* key = find_comparison(node, fact, report);
  if (key == nullptr) return false;
  const Node& value = *node.find(key->word);
  const auto read = fact.yes_no ? read_yes_no(*key, value, fact, report) : read_amount(*key, value, fact, report);
  branch.fact = *word;
  branch.compare = compare_of(key->word);
  branch.value = read.value_or(0);
  return read.has_value();
}

std::optional<Branch> read_branch(const Node& node, const std::vector<std::string>& steps, Report& report) {
  if (!node.is_map()) {
    report.add(node.at, "a branch is a fact, what it must be, and a 'then'",
               "write '- {fact: on_duty, is: yes, then: STEP}'");
    return std::nullopt;
  }
  check_keys(node, "a branch", branch_words, report);
  Branch branch;
  branch.at = report.position(node.at);
  const bool sound = read_condition(node, branch, report);
  const Node* then = node.find("then");
  if (then == nullptr) {
    report.add(node.at, "this branch leads nowhere", "add 'then: STEP' (or end, human, first, 'dialog NAME')");
    return std::nullopt;
  }
  branch.exit = read_exit(*then, steps, report).value_or(ToEnd{});
  return sound ? std::optional(std::move(branch)) : std::nullopt;
}

struct Range {
  std::int64_t from;
  std::int64_t to;
};

Range range_of(const Branch& branch) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (branch.compare == Branch::Compare::at_least) return {branch.value, most};
  if (branch.compare == Branch::Compare::at_most) return {0, branch.value};
  return {branch.value, branch.value};
}

void check_reached(const Node& node, const Branch& branch, const std::vector<Branch>& earlier, Report& report) {
  const Range range = range_of(branch);
  const bool taken = std::ranges::any_of(earlier, [&](const Branch& each) {
    const Range before = range_of(each);
    return each.fact == branch.fact && before.from <= range.from && range.to <= before.to;
  });
  if (!taken) return;
  report.add(node.at, fmt::format("this branch is never taken: one above takes all that it asks of '{}'", branch.fact),
             "put it above that one, or delete it");
}

void read_branches(const Node& list, const std::vector<std::string>& steps, Step& step, Report& report) {
  if (!list.is_list() || list.items.empty()) {
    report.add(list.at, "'when' needs a list of branches",
               "begin each with '- ', as in '- {fact: on_duty, is: yes, then: STEP}'");
    return;
  }
  for (const Node& item : list.items) {
    auto branch = read_branch(item, steps, report);
    if (!branch) continue;
    check_reached(item, *branch, step.branches, report);
    step.branches.push_back(std::move(*branch));
  }
}

}  // namespace

void read_way_on(const Node& body, const std::vector<std::string>& steps, Step& step, Report& report) {
  if (const Node* call = body.find("call")) {
    step.call = read_name(*call, "call", report).value_or("");
    step.call_at = report.position(call->at);
  }
  const Node* then = body.find("then");
  if (const Node* when = body.find("when")) {
    read_branches(*when, steps, step, report);
    if (then == nullptr) {
      report.add(when->at, "'when' does not say where to go when none of its facts is so",
                 "add 'then: STEP' beside it");
    }
  }
  if (then != nullptr) step.exit = read_exit(*then, steps, report).value_or(ToEnd{});
}

}  // namespace passerelle::dialog
