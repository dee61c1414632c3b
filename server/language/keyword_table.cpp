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

std::uint16_t KeywordTable::number_of(const Locale& locale) {
  const auto known = std::ranges::find(locales_, locale) - locales_.begin();
  if (static_cast<std::size_t>(known) == locales_.size()) locales_.push_back(locale);
  return static_cast<std::uint16_t>(known);
}

Meaning::Text KeywordTable::keep(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(texts_.size());
  texts_ += text;
  return {begin, static_cast<std::uint32_t>(text.size())};
}

std::string_view KeywordTable::kept(Meaning::Text text) const {
  return std::string_view(texts_).substr(text.begin, text.size);
}

KeywordHit KeywordTable::hit(const Meaning& meaning) const {
  return {meaning.intent, locales_[meaning.locale], meaning.confidence, false, meaning.draft, meaning.shared};
}

bool KeywordTable::any(std::uint32_t phrase, const Condition& condition) const {
  for (const std::uint32_t place : by_phrase_.of(phrase)) {
    if (condition(meanings_[place])) return true;
  }
  return false;
}

KeywordHit KeywordTable::whole_hit(const Meaning& meaning, std::uint32_t phrase) const {
  KeywordHit whole = hit(meaning);
  whole.whole_message = true;
  whole.shared = whole.shared || any(phrase, [&](const Meaning& other) {
                   return other.intent != meaning.intent && other.locale == meaning.locale;
                 });
  return whole;
}

std::vector<Word> KeywordTable::add_words(const std::vector<std::string>& words) {
  std::vector<Word> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(word == gap ? gap_word : vocabulary_.add(word));
  return out;
}

std::vector<Word> KeywordTable::add_words(std::string_view text) { return add_words(words_of(text)); }

void KeywordTable::add(const KeywordEntry& entry, const Locale& locale, bool draft) {
  // What nobody may act on alone is told as a word that a native speaker must look at first.
  const Meaning meaning{
      .intent = entry.intent,
      .confidence = entry.ask ? Confidence::needs_native_review : entry.confidence,
      .locale = number_of(locale),
      .draft = draft,
      .shared = entry.shared,
      .in_sentence = entry.in_sentence,
      .text = {},
      .accented = entry.exact ? keep(lower_accented(entry.text)) : Meaning::Text(),
  };
  const std::vector<std::string> words = words_of(entry.text);
  if (words.empty()) {
    symbols_.push_back({entry.text, meaning});
  } else if (entry.intent == Intent::danger && !entry.whole) {
    by_danger_.add(danger_.add(words), static_cast<std::uint32_t>(meanings_.size()));
    meanings_.push_back(meaning);
  } else if (entry.unless) {
    const std::size_t phrase = unless_.add(add_words(words));
    unless_families_.resize(unless_.size());
    unless_families_[phrase].insert(family(locale));
  } else {
    add_meaning(words, entry, meaning);
  }
}

void KeywordTable::add_meaning(const std::vector<std::string>& words, const KeywordEntry& entry, Meaning meaning) {
  const std::uint32_t phrase = phrases_.add(add_words(words));
  for (const std::uint32_t place : by_phrase_.of(phrase)) {
    Meaning& known = meanings_[place];
    if (known.intent != meaning.intent || known.locale != meaning.locale) continue;
    if (known.confidence == meaning.confidence) return;
    // Two spellings of one word, of which we are surer of one: that one counts with its accents only.
    if (known.confidence < meaning.confidence)
      known.accented = keep(lower_accented(kept(known.text)));
    else
      meaning.accented = keep(lower_accented(entry.text));
  }
  meaning.text = keep(entry.text);
  by_phrase_.add(phrase, static_cast<std::uint32_t>(meanings_.size()));
  meanings_.push_back(meaning);
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
