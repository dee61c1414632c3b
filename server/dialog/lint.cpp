#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "dialog/engine.hpp"
#include "dialog/library.hpp"
#include "dialog/lint_checks.hpp"
#include "dialog/words.hpp"

namespace passerelle::dialog {
namespace {

using Keys = std::vector<std::string>;

void check_first(const Library& library, Findings& findings) {
  if (library.find(library.first()) != nullptr) return;
  Keys names;
  for (const auto& [name, dialog] : library.all()) names.push_back(name);
  findings.push_back({{fmt::format("dialogs/{}.yaml", library.first()), 0, 0},
                      fmt::format("the first dialog, '{}', does not exist", library.first()),
                      remedy_for(library.first(), names, "write it, or name another one as first_dialog")});
}

// --- keys ---

class KeyCheck {
 public:
  KeyCheck(const std::set<std::string>& keys, Findings& findings)
      : keys_(keys), list_(keys.begin(), keys.end()), findings_(findings) {}

  void sentence(std::string_view key, const Position& at) const { check("sentence", key, at); }
  void words(std::string_view key, const Position& at) const { check("list of words", key, at); }

 private:
  void check(std::string_view noun, std::string_view key, const Position& at) const {
    if (key.empty() || keys_.contains(std::string(key))) return;
    findings_.push_back({at, fmt::format("there is no {} '{}'", noun, key),
                         remedy_for(key, list_, "add it to every file of locales/")});
  }

  const std::set<std::string>& keys_;
  Keys list_;
  Findings& findings_;
};

void check_keys_of(const Dialog& dialog, const KeyCheck& check) {
  check.sentence(dialog.title, dialog.title_at);
  for (const Heard& heard : dialog.heard) {
    check.sentence(heard.title, heard.title_at);
    for (const WordsKey& like : heard.like) check.words(like.key, like.at);
  }
  for (const Step& step : dialog.steps) {
    for (const Action& action : step.actions) {
      if (const auto* say = std::get_if<Say>(&action)) check.sentence(say->key, say->at);
    }
    check.sentence(step.ask, step.ask_at);
    check.sentence(step.otherwise, step.otherwise_at);
    for (const Category& category : step.categories) {
      const WordsKey words = words_of(category.test);
      check.words(words.key, words.at);
    }
  }
}

// The engine says these by itself, whatever the dialogs are.
void check_own_keys(const Library& library, const KeyCheck& check) {
  if (library.all().empty()) return;
  const Position at{library.all().begin()->second->at.file, 0, 0};
  check.sentence(not_understood_key, at);
  check.sentence(human_key, at);
}

// --- the head of a dialog ---

void check_languages(const Dialog& dialog, const Sentences& sentences, Findings& findings) {
  if (sentences.languages.empty()) return;
  for (const Locale& language : dialog.languages) {
    if (std::ranges::find(sentences.languages, language) != sentences.languages.end()) continue;
    findings.push_back({dialog.languages_at, fmt::format("there are no sentences in '{}'", language),
                        remedy_for(language, sentences.languages, fmt::format("write locales/{}.json", language))});
  }
}

bool answers_an_invitation(const Step& step) {
  return std::ranges::any_of(step.actions, [](const Action& each) { return std::holds_alternative<Respond>(each); });
}

// Its question waits beside others of its kind: when an answer fits several, the person is asked which one is meant.
void check_title(const Dialog& dialog, Findings& findings) {
  const bool asks = std::ranges::any_of(dialog.steps, [](const Step& step) { return !step.ask.empty(); });
  if (!dialog.standing || !asks || !dialog.title.empty() || std::ranges::none_of(dialog.steps, answers_an_invitation))
    return;
  findings.push_back({dialog.at, "a standing dialog needs a 'title', by which people know its question from others",
                      "add 'title: KEY' at the top"});
}

}  // namespace

Findings lint(const Library& library, const Sentences& sentences) {
  Findings findings;
  const Checked checked{library, sentences, findings};
  const KeyCheck keys(sentences.keys, findings);
  check_first(library, findings);
  check_own_keys(library, keys);
  for (const auto& [name, dialog] : library.all()) {
    check_keys_of(*dialog, keys);
    check_languages(*dialog, sentences, findings);
    check_title(*dialog, findings);
    check_ways(*dialog, checked);
    check_heard(*dialog, checked);
  }
  check_circles(checked);
  check_calls(checked);
  check_names(checked);
  std::ranges::sort(findings, {}, [](const Finding& each) {
    return std::tie(each.at.file, each.at.line, each.at.column, each.what);
  });
  return findings;
}

}  // namespace passerelle::dialog
