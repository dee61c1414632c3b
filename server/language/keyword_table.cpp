#include "language/keyword_table.hpp"

#include <algorithm>

#include "language/families.hpp"
#include "language/normalize.hpp"
#include "language/pieces.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view gap = "…";

// Of one word of an entry.
std::vector<std::string> pieces_of(std::string_view word) {
  std::vector<std::string> out = pieces(tokens(fold(word)));
  if (word.ends_with('*') && !out.empty()) out.back().push_back('*');
  return out;
}

// "stove|curtain|…", folded, each one word: keyword_file.cpp refuses what is more.
std::string alternatives_of(std::string_view words) {
  std::string out;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t bar = std::min(words.find('|', from), words.size());
    const std::vector<std::string> one = pieces_of(words.substr(from, bar - from));
    from = bar + 1;
    if (one.size() == 1) out += (out.empty() ? "" : "|") + one.front();
  }
  return out;
}

// The folded words of an entry, with "…" between them and "*" behind them as the file has it.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t space = std::min(text.find(' ', from), text.size());
    std::string_view word = text.substr(from, space - from);
    from = space + 1;
    if (word == gap) {
      if (!words.empty() && from < text.size()) words.emplace_back(gap);
      continue;
    }
    if (word.find('|') != std::string_view::npos) {
      words.push_back(alternatives_of(word));
      continue;
    }
    for (std::string& piece : pieces_of(word)) words.push_back(std::move(piece));
  }
  return words;
}

}  // namespace

std::vector<Word> KeywordTable::add_words(std::string_view text) {
  std::vector<Word> words;
  for (const std::string& word : words_of(text)) words.push_back(word == gap ? gap_word : vocabulary_.add(word));
  return words;
}

void KeywordTable::add_danger(const KeywordEntry& entry, const KeywordHit& hit) {
  const std::size_t phrase = danger_.add(words_of(entry.text));
  if (phrase == danger_hits_.size()) danger_hits_.emplace_back();
  danger_hits_[phrase].push_back(hit);
}

void KeywordTable::add(const KeywordEntry& entry, const Locale& locale, bool draft) {
  // What nobody may act on alone is told as a word that a native speaker must look at first.
  const Confidence confidence = entry.ask ? Confidence::needs_native_review : entry.confidence;
  Meaning meaning{
      .hit = {entry.intent, locale, confidence, false, draft, entry.shared},
      .whole_only = entry.whole,
      .in_sentence = entry.in_sentence,
      .text = entry.text,
      .accented = entry.exact ? lower_accented(entry.text) : std::string(),
  };
  const bool has_words = !words_of(entry.text).empty();
  if (!has_words) {
    symbols_.push_back({entry.text, meaning});
    return;
  }
  if (entry.intent == Intent::danger && !entry.whole) {
    add_danger(entry, meaning.hit);
    return;
  }
  if (entry.unless) {
    const std::size_t phrase = unless_.add(add_words(entry.text));
    unless_families_.resize(unless_.size());
    unless_families_[phrase].insert(family(locale));
    return;
  }
  const std::size_t phrase = phrases_.add(add_words(entry.text));
  meanings_.resize(phrases_.size());
  for (Meaning& known : meanings_[phrase]) {
    if (known.hit.intent != entry.intent || known.hit.locale != locale) continue;
    if (known.hit.confidence == confidence) return;
    // Two spellings of one word, of which we are surer of one: that one counts with its accents only.
    (known.hit.confidence < confidence ? known : meaning).accented =
        lower_accented(known.hit.confidence < confidence ? known.text : entry.text);
  }
  meanings_[phrase].push_back(meaning);
}

void KeywordTable::add_manners(const std::vector<std::string>& texts, Manners kind) {
  for (const std::string& text : texts) {
    const std::vector<Word> words = add_words(text);
    if (words.empty()) {
      polite_symbols_.emplace_back(text, kind);
      continue;
    }
    const std::size_t phrase = polite_.add(words);
    if (phrase == polite_kinds_.size()) polite_kinds_.push_back(kind);
    // A word that greets in one language and takes leave in another gets the menu: that helps and harms nobody.
    if (kind == Manners::greeting || polite_kinds_[phrase] == Manners::none) polite_kinds_[phrase] = kind;
  }
}

void KeywordTable::add(const KeywordFile& file) {
  for (const KeywordEntry& entry : file.entries) add(entry, file.locale, file.draft);
  add_manners(file.greetings, Manners::greeting);
  add_manners(file.thanks, Manners::thanks);
  add_manners(file.polite, Manners::none);
  for (const std::string& text : file.around) {
    if (const std::vector<Word> words = add_words(text); !words.empty()) around_.add(words);
  }
  for (const std::string& text : file.everyday) {
    for (const std::string& word : words_of(text)) danger_.add_everyday(word);
  }
  for (const std::string& text : file.harmless) {
    if (const std::vector<std::string> words = words_of(text); !words.empty()) harmless_.add(words);
  }
}

}  // namespace passerelle::language
