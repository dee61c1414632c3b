// What a sentence costs as SMS, and words that would tell a stranger too much.
#include <algorithm>
#include <set>

#include "language/dear_letters.hpp"
#include "language/normalize.hpp"
#include "language/segments.hpp"
#include "translation/lint.hpp"
#include "translation/samples.hpp"

namespace passerelle::translation {
namespace {

// "asil*" is any word that begins so; several words follow each other.
bool says(const std::vector<std::string>& text, const std::vector<std::string>& words, bool stem) {
  if (words.empty() || text.size() < words.size()) return false;
  for (std::size_t from = 0; from + words.size() <= text.size(); ++from) {
    bool fits = true;
    for (std::size_t i = 0; i < words.size() && fits; ++i) {
      const bool last = i + 1 == words.size();
      fits = last && stem ? text[from + i].starts_with(words[i]) : text[from + i] == words[i];
    }
    if (fits) return true;
  }
  return false;
}

std::string listed(const std::set<std::string>& letters) {
  std::string list;
  for (const std::string& letter : letters) list += ' ' + letter;
  return list;
}

}  // namespace

void lint_budget(const Lint& lint, const language::LocaleFile& file, Advice& advice) {
  language::Spelling marks = lint.spelling.of(file.locale);
  marks.folding = language::Folding::marks;
  std::size_t dear = 0;
  std::set<std::string> letters;
  const std::string* first = nullptr;
  for (const auto& [key, sentence] : file.sentences) {
    if (sentence.words) continue;
    const std::vector<Sample> samples = samples_of(lint.all, key, file.locale);
    if (samples.empty()) continue;
    const std::string& text = samples.front().text;
    const language::Segments counted = language::segments(text);
    const std::size_t most = sentence.critical ? most_parts_of_critical : most_parts;
    if (counted.parts.size() > most) {
      advice.findings.push_back({sentence.at, "'" + key + "' takes " + std::to_string(counted.parts.size()) + " SMS",
                                 "say it shorter: " + std::to_string(most) + " are the most"});
    }
    if (counted.encoding == Encoding::ucs2 && language::plain_spelling(text, lint.spelling, marks)) {
      advice.findings.push_back({sentence.at, "a quote, dash or blank of '" + key + "' doubles what it costs",
                                 "write ' \" - ... and plain blanks"});
    } else if (language::cheaper_spelling(text, lint.spelling, file.locale)) {
      ++dear;
      letters.merge(language::dear_letters(text));
      if (first == nullptr) first = &key;
    }
  }
  if (first == nullptr) return;
  const Position at = file.sentences.find(*first)->second.at;
  advice.notes.push_back({at,
                          std::to_string(dear) + " sentences would cost fewer SMS without" + listed(letters) + ", '" +
                              *first + "' for one",
                          "look for other words; never drop a mark that tells words apart"});
}

void lint_forbidden(const language::LocaleFile& file, const std::vector<ForbiddenWord>& words, Findings& findings) {
  for (const auto& [word, where] : words) {
    const bool stem = word.ends_with('*');
    const std::vector<std::string> parts = language::tokens(language::fold(word));
    for (const auto& [key, sentence] : file.sentences) {
      const std::string group = key.substr(0, key.find('.'));
      if (sentence.words || (!where.empty() && std::ranges::find(where, group) == where.end())) continue;
      if (!says(language::tokens(language::fold(sentence.pattern)), parts, stem)) continue;
      findings.push_back({sentence.at, "'" + key + "' says '" + word + "', which tells a stranger too much",
                          "say it without that word; locales/forbidden_words.csv lists them"});
    }
  }
}

}  // namespace passerelle::translation
