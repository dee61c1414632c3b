// What a sentence costs as SMS, and words that would tell a stranger too much.
#include <algorithm>
#include <array>

#include "language/cheaper.hpp"
#include "language/normalize.hpp"
#include "language/segments.hpp"
#include "translation/lint.hpp"
#include "translation/samples.hpp"

namespace passerelle::translation {
namespace {

constexpr std::size_t most_parts = 3, most_parts_of_critical = 2;

struct Plain {
  std::string_view curly, plain;
};
// Marks that programs type by themselves, and that make a whole GSM-7 message UCS-2.
constexpr std::array<Plain, 12> marks{{{"\u2018", "'"},
                                       {"\u2019", "'"},
                                       {"\u201C", "\""},
                                       {"\u201D", "\""},
                                       {"\u201E", "\""},
                                       {"\u00AB", "\""},
                                       {"\u00BB", "\""},
                                       {"\u2013", "-"},
                                       {"\u2014", "-"},
                                       {"\u2026", "..."},
                                       {"\u00A0", " "},
                                       {"\u202F", " "}}};

std::string with_plain_marks(std::string text) {
  for (const Plain& mark : marks) {
    for (std::size_t at = text.find(mark.curly); at != std::string::npos; at = text.find(mark.curly, at + 1))
      text.replace(at, mark.curly.size(), mark.plain);
  }
  return text;
}

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

}  // namespace

void lint_budget(const language::Catalog& all, const language::LocaleFile& file, Advice& advice) {
  std::size_t dear = 0;
  const std::string* first = nullptr;
  for (const auto& [key, sentence] : file.sentences) {
    if (sentence.words) continue;
    const std::vector<Sample> samples = samples_of(all, key, file.locale);
    if (samples.empty()) continue;
    const std::string& text = samples.front().text;
    const language::Segments counted = language::segments(text);
    const std::size_t most = sentence.critical ? most_parts_of_critical : most_parts;
    if (counted.parts.size() > most) {
      advice.findings.push_back({sentence.at, "'" + key + "' takes " + std::to_string(counted.parts.size()) + " SMS",
                                 "say it shorter: " + std::to_string(most) + " are the most"});
    }
    if (counted.encoding == Encoding::ucs2 && language::segments(with_plain_marks(text)).encoding == Encoding::gsm7) {
      advice.findings.push_back({sentence.at, "a quote, dash or blank of '" + key + "' doubles what it costs",
                                 "write ' \" - ... and plain blanks"});
    } else if (language::cheaper_spelling(text)) {
      ++dear;
      if (first == nullptr) first = &key;
    }
  }
  if (first == nullptr) return;
  const Position at = file.sentences.find(*first)->second.at;
  advice.notes.push_back(
      {at, std::to_string(dear) + " sentences would cost fewer SMS without their marks, '" + *first + "' for one",
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
