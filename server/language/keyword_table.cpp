#include "language/keyword_table.hpp"

#include <algorithm>

#include "language/normalize.hpp"
#include "language/pieces.hpp"

namespace passerelle::language {

std::vector<Word> KeywordTable::add_words(std::string_view text) {
  constexpr std::string_view gap = "…";
  std::vector<Word> words;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(gap), text.size());
    for (const std::string& piece : pieces(tokens(fold(text.substr(0, at))))) words.push_back(vocabulary_.add(piece));
    if (at == text.size()) break;
    if (!words.empty()) words.push_back(gap_word);
    text.remove_prefix(at + gap.size());
  }
  if (!words.empty() && words.back() == gap_word) words.pop_back();
  return words;
}

void KeywordTable::add(const KeywordEntry& entry, const Locale& locale, bool draft) {
  Meaning meaning{
      .hit = {entry.intent, locale, entry.confidence, false, draft, entry.shared},
      .whole_only = entry.whole,
      .in_sentence = entry.in_sentence,
      .text = entry.text,
      .accented = entry.exact ? lower_accented(entry.text) : std::string(),
  };
  const std::vector<Word> words = add_words(entry.text);
  if (words.empty()) {
    symbols_.push_back({entry.text, meaning});
    return;
  }
  const std::size_t phrase = phrases_.add(words);
  meanings_.resize(phrases_.size());
  for (Meaning& known : meanings_[phrase]) {
    if (known.hit.intent != entry.intent || known.hit.locale != locale) continue;
    if (known.hit.confidence == entry.confidence) return;
    // Two spellings of one word, of which we are surer of one: that one counts with its accents only.
    (known.hit.confidence < entry.confidence ? known : meaning).accented =
        lower_accented(known.hit.confidence < entry.confidence ? known.text : entry.text);
  }
  meanings_[phrase].push_back(meaning);
}

void KeywordTable::add(const std::vector<std::string>& texts, Phrases& phrases) {
  for (const std::string& text : texts) {
    if (const std::vector<Word> words = add_words(text); !words.empty()) phrases.add(words);
  }
}

void KeywordTable::add(const KeywordFile& file) {
  for (const KeywordEntry& entry : file.entries) add(entry, file.locale, file.draft);
  add(file.polite, polite_);
  add(file.harmless, harmless_);
}

}  // namespace passerelle::language
