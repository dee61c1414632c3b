#include "dialog/load_action.hpp"

#include "dialog/vocabulary.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

const std::vector<std::string> action_words{"say",        "task", "case",       "consent",   "latin_only",
                                            "invitation", "pick", "answer_for", "open_topic"};

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

// Those that a step has more rarely. False when 'word' is none of them.
bool read_rare_action(const std::string& word, const Node& value, Mark at, std::vector<Action>& actions,
                      Report& report) {
  if (word == "consent") {
    if (auto consent = read_consent(value, report)) actions.push_back(SetConsent{*consent});
  } else if (word == "latin_only") {
    if (read_truth(value, "latin_only", report)) actions.push_back(MarkLatinOnly{});
  } else if (word == "invitation") {
    if (auto response = read_response(value, report)) actions.push_back(Respond{*response, report.position(at)});
  } else if (word == "pick") {
    if (auto what = read_one_of(value, "pick", pick_names(), report))
      actions.push_back(Pick{*what, report.position(value.at)});
  } else if (word == "answer_for") {
    if (auto name = read_name(value, "answer_for", report))
      actions.push_back(AnswerFor{*name, report.position(value.at)});
  } else if (word == "open_topic") {
    if (auto name = read_name(value, "open_topic", report))
      actions.push_back(OpenTopic{*name, report.position(value.at)});
  } else {
    return false;
  }
  return true;
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
  } else if (!read_rare_action(word, value, node.keys[0].at, actions, report)) {
    check_keys(node, "an action", action_words, report);
  }
}

}  // namespace

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

}  // namespace passerelle::dialog
