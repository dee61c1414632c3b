#include "dialog/load_heard.hpp"

#include <fmt/format.h>

#include <optional>

#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> heard_words{"like", "title", "step", "keep", "value", "ask_first"};
constexpr std::string_view form = "write '- {like: examples.NAME, title: KEY}'";

// One key, or a list of them.
std::vector<WordsKey> read_like(const Node& value, Report& report) {
  std::vector<WordsKey> keys;
  const auto add = [&](const Node& node) {
    if (auto key = read_sentence_key(node, "like", report)) keys.push_back({*key, report.position(node.at)});
  };
  if (!value.is_list()) {
    add(value);
    return keys;
  }
  if (value.items.empty()) report.add(value.at, "'like' names no examples", std::string(form));
  for (const Node& item : value.items) add(item);
  return keys;
}

void read_kept(const Node& node, Heard& heard, Report& report) {
  const Node* keep = node.find("keep");
  const Node* value = node.find("value");
  if (keep != nullptr && value == nullptr)
    report.add(keep->at, "a 'keep' does not say what is kept", "add 'value: WORD'");
  if (keep == nullptr && value != nullptr) report.add(value->at, "a 'value' is kept under no name", "add 'keep: NAME'");
  if (keep == nullptr || value == nullptr) return;
  heard.keep = read_answer_name(*keep, "keep", report).value_or("");
  heard.value = read_name(*value, "value", report).value_or("");
}

std::optional<Heard> read_topic(const Node& node, Report& report) {
  if (!node.is_map()) {
    report.add(node.at, "each line of 'heard' is one topic", std::string(form));
    return std::nullopt;
  }
  check_keys(node, "a topic of 'heard'", heard_words, report);
  Heard heard;
  heard.at = report.position(node.at);
  const Node* like = node.find("like");
  const Node* title = node.find("title");
  if (like == nullptr) report.add(node.at, "a topic needs examples of how people ask for it", std::string(form));
  if (title == nullptr)
    report.add(node.at, "a topic needs a name, for when we must ask which one was meant", "add 'title: KEY'");
  if (like == nullptr || title == nullptr) return std::nullopt;
  heard.like = read_like(*like, report);
  heard.title = read_sentence_key(*title, "title", report).value_or("");
  heard.title_at = report.position(title->at);
  if (const Node* step = node.find("step")) {
    heard.step = read_name(*step, "step", report).value_or("");
    heard.step_at = report.position(step->at);
  }
  read_kept(node, heard, report);
  if (const Node* first = node.find("ask_first")) {
    if (const auto yes = read_truth(*first, "ask_first", report)) heard.ask_first = *yes;
  }
  return heard.like.empty() ? std::nullopt : std::optional(std::move(heard));
}

}  // namespace

std::vector<Heard> read_heard(const Node& list, Report& report) {
  std::vector<Heard> all;
  if (!list.is_list() || list.items.empty()) {
    report.add(list.at, "'heard' needs a list of topics", std::string(form));
    return all;
  }
  for (const Node& item : list.items) {
    if (auto heard = read_topic(item, report)) all.push_back(std::move(*heard));
  }
  return all;
}

}  // namespace passerelle::dialog
