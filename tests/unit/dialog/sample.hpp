// Small dialogs for the tests: loaded from YAML as the server does, and one turn at a time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "dialog/engine.hpp"
#include "dialog/load.hpp"

namespace passerelle::dialog {

inline const TimePoint noon = from_ms(1'800'000'000'000);

inline Library library_of(const std::vector<std::pair<std::string, std::string>>& texts, std::string first = "menu") {
  Library library;
  library.set_first(std::move(first));
  for (const auto& [name, text] : texts) {
    Loaded loaded = load("dialogs/" + name + ".yaml", "dialog: " + name + "\n" + text, "hash of " + name);
    for (const Finding& finding : loaded.findings) ADD_FAILURE() << to_string(finding);
    if (loaded.dialog) library.add(std::move(loaded.dialog));
  }
  return library;
}

// The reading of a message, as far as dialogs look at it.
inline Reading read(const std::string& text) {
  Reading reading{.original = text, .folded = text, .tokens = {}, .number = {}, .hits = {}, .scores = {}};
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') word += c;
    if (c == ' ' && !word.empty()) reading.tokens.push_back(std::exchange(word, {}));
  }
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos && text.size() < 5;
  if (digits) reading.number = std::stoi(text);
  return reading;
}

// What a turn does, one word an effect: "say key", "task kind", "case kind", "invitation id answer".
inline std::vector<std::string> told(const Turn& turn) {
  struct Tell {
    std::string operator()(const SayEffect& say) const { return "say " + say.key; }
    std::string operator()(const TaskEffect& task) const { return "task " + task.kind; }
    std::string operator()(const CaseEffect& opened) const { return "case " + opened.kind; }
    std::string operator()(const InvitationEffect& answered) const {
      return "invitation " + answered.invitation + " " + std::string(to_string(answered.response));
    }
    std::string operator()(const TopicEffect& chosen) const { return "topic " + chosen.topic; }
    std::string operator()(const AnswerForEffect& meant) const { return "answer " + meant.question + " " + meant.text; }
  };
  std::vector<std::string> all;
  for (const Effect& effect : turn.effects) all.push_back(std::visit(Tell{}, effect));
  return all;
}

inline std::string step_of(const Conversation& conversation) {
  if (conversation.stack.empty()) return "-";
  return conversation.stack.back().dialog.name + "/" + conversation.stack.back().step;
}

// What the server knows, as a test sets it.
struct Known final : Knowledge {
  std::map<std::string, std::int64_t, std::less<>> facts = {};
  std::map<std::string, std::vector<Choice>, std::less<>> lists = {};
  std::vector<std::string> services = {};  // the best first

  std::optional<std::int64_t> fact(std::string_view name, const Answers&) const override {
    const auto found = facts.find(name);
    return found == facts.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Choice> list(std::string_view name, const Answers&) const override {
    const auto found = lists.find(name);
    return found == lists.end() ? std::vector<Choice>() : found->second;
  }
  std::optional<std::string> pick(std::string_view, const Answers& kept) const override {
    const auto shown = kept.find(shown_answer);
    for (const std::string& service : services) {
      if (shown == kept.end() || (" " + shown->second + " ").find(" " + service + " ") == std::string::npos)
        return service;
    }
    return std::nullopt;
  }
};

// A person in front of a library.
struct Person {
  const Library& library;
  Conversation conversation = {};
  TimePoint now = noon;
  MenuWords words = {};
  std::vector<LanguageChoice> languages = {{"fr", {"fr", "francais"}}, {"ar", {"ar", "arabic"}}, {"ti", {"ti"}}};

  Known known = {};
  Locale reads = "fr";
  date::local_days today = date::local_days(date::year(2027) / 4 / 10);

  using Told = std::vector<std::string>;

  Facts facts() const { return {words, languages, known, reads, today}; }

  Told begin(std::string_view dialog, const Opening& opening = {}) {
    return take(start(conversation, dialog, facts(), library, now, opening));
  }
  Told write(const std::string& text, std::optional<std::size_t> at = {}) {
    const Reading reading = read(text);
    std::optional<bool> yes;
    if (text == "yes") yes = true;
    if (text == "no") yes = false;
    return take(answer(conversation, {reading, yes}, facts(), library, now, at));
  }
  Told show_photo() { return take(answer(conversation, {read(""), {}, "17"}, facts(), library, now)); }
  Told wait_until(TimePoint time) {
    now = time;
    return take(time_out(conversation, facts(), library, now));
  }
  // The answers that the newest question knows.
  std::string kept(const std::string& name) const {
    const auto& answers = conversation.stack.back().answers;
    const auto found = answers.find(name);
    return found == answers.end() ? "-" : found->second;
  }
  // A session that is saved and loaded must be the same one.
  void pause() {
    const auto loaded = load_conversation(save(conversation));
    ASSERT_TRUE(loaded) << to_string(loaded.error());
    ASSERT_EQ(*loaded, conversation);
    conversation = *loaded;
  }
  std::vector<std::size_t> who_accepts(const std::string& text) const {
    const Reading reading = read(text);
    const std::optional<bool> yes = text == "yes" ? std::optional(true) : std::nullopt;
    return accepting(conversation, {reading, yes}, facts(), library);
  }
  bool would_accept(const std::string& text) const {
    const Reading reading = read(text);
    const std::optional<bool> yes = text == "yes" ? std::optional(true) : std::nullopt;
    return accepts(conversation, {reading, yes}, facts(), library);
  }

  Turn last = {};

 private:
  Told take(Turn turn) {
    last = std::move(turn);
    conversation = last.next;
    return told(last);
  }
};

// An intake with every kind of exit, and a few asides that come in between.
inline Library intake() {
  return library_of({{"menu", R"(expires: 2h
steps:
  hello:
    say: menu.hello
    then: name
  name:
    ask: menu.name
    answers:
      - {text: name, then: confirm}
  confirm:
    do:
      - say: menu.thanks
    ask: menu.confirm
    answers:
      - {yes: true, then: open}
      - {no: true, then: name}
      - {number: 9, then: human}
      - {number: 8, then: dialog other}
      - {number: 7, then: first}
      - {language: true, then: confirm}
    otherwise: menu.again
    tries: 3
  open:
    do:
      - case: intake
      - task: call_back
      - say: menu.done
)"},
                     {"other", "steps:\n  choose:\n    ask: other.q\n    answers: [{number: 1, then: end}]\n"},
                     {"help", "aside: true\nsteps:\n  tell: {say: help.text}\n"},
                     {"urgent", "aside: true\nsteps:\n  tell: {say: urgent.text, then: human}\n"},
                     {"stop_ask", R"(aside: true
expires: 1h
steps:
  sure:
    ask: stop.sure
    answers:
      - {number: 1, then: stopped}
      - {number: 2, then: end}
  stopped:
    do: [{consent: stopped}, {say: stop.done}, {latin_only: true}]
)"}});
}

}  // namespace passerelle::dialog
