// The keyword lists of all languages, indexed, and the ways in which a text can be or hold one of them.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/reading.hpp"
#include "language/chains.hpp"
#include "language/cover.hpp"
#include "language/danger_phrases.hpp"
#include "language/keyword_file.hpp"
#include "language/manners.hpp"
#include "language/phrases.hpp"

namespace passerelle::language {

// What one phrase of the lists means in one language. There are tens of thousands of them: their texts lie in one
// string of the table, and their language is a number.
struct Meaning {
  struct Text {
    std::uint32_t begin = 0, size = 0;
  };
  Intent intent = Intent::help;
  Confidence confidence = Confidence::high;
  std::uint16_t locale = 0;
  bool draft = true;
  bool shared = false;
  bool in_sentence = false;
  Text text;      // as the file has it; none of DANGER phrases
  Text accented;  // for words whose accents count: the text must hold it as it is
};

class KeywordTable {
 public:
  void add(const KeywordFile& file);
  std::vector<KeywordHit> find(std::string_view original, const std::vector<std::string>& tokens) const;

  // The part [from, to) of these words between greetings, thanks and the like at both ends.
  std::pair<std::size_t, std::size_t> without_manners(const std::vector<std::string>& words) const;
  Manners only_manners(std::string_view original, const std::vector<std::string>& words) const;

 private:
  // What one message is looked up with.
  struct Text {
    std::string_view original;
    std::vector<Word> words;
    std::vector<Span> found;     // every phrase of the keyword lists that stands in the text, but for DANGER
    std::vector<Span> harmless;  // phrases that mean no danger and no stop

    bool is_harmless(const Span& span) const;
  };
  struct Symbol {  // a keyword without letters: an emoji, a question mark
    std::string text;
    Meaning meaning;
  };
  using Hits = std::vector<KeywordHit>;
  using Condition = std::function<bool(const Meaning&)>;

  std::vector<Word> add_words(std::string_view text);
  void add(const KeywordEntry& entry, const Locale& locale, bool draft);
  void add_meaning(const std::vector<std::string>& words, const KeywordEntry& entry, Meaning meaning);
  std::uint16_t number_of(const Locale& locale);
  Meaning::Text keep(std::string_view text);
  std::string_view kept(Meaning::Text text) const;
  std::vector<Word> add_words(const std::vector<std::string>& words);
  void add_manners(const std::vector<std::string>& texts, Manners kind);

  Text prepare(std::string_view original, const std::vector<std::string>& tokens) const;
  void find_whole(const Text& text, Hits& hits) const;
  std::vector<Span> those(const std::vector<Span>& found, const Condition& condition) const;
  KeywordHit hit(const Meaning& meaning) const;
  KeywordHit whole_hit(const Meaning& meaning, std::uint32_t phrase) const;
  bool any(std::uint32_t phrase, const Condition& condition) const;
  std::set<Locale> locales_of(const std::vector<Span>& found, Intent intent) const;
  void find_symbols(const Text& text, Hits& hits) const;
  void find_disguised_stop(const std::vector<std::string>& tokens, Hits& hits) const;
  void find_danger(const Text& text, const std::vector<std::string>& words, Hits& hits) const;
  void find_stop_inside(const Text& text, Hits& hits) const;
  void find_appointment_inside(const Text& text, Hits& hits) const;
  void forget_appointments(const Text& text, Hits& hits) const;
  bool is_polite(const std::vector<Word>& words) const;
  std::pair<std::size_t, std::size_t> between_manners(const std::vector<Word>& words) const;
  std::vector<Word> numbers(const std::vector<std::string>& words) const;

  Vocabulary vocabulary_;
  Phrases phrases_;
  DangerPhrases danger_;
  std::vector<Meaning> meanings_;  // of all phrases
  Chains by_phrase_;               // by phrase of 'phrases_': places in 'meanings_'
  Chains by_danger_;               // …of 'danger_'
  std::vector<Locale> locales_;    // by Meaning::locale
  std::string texts_;
  Phrases polite_;
  std::vector<Manners> polite_kinds_;  // by phrase
  std::vector<std::pair<std::string, Manners>> polite_symbols_;
  Phrases around_;  // what may stand around a DANGER word that is the whole message
  DangerPhrases harmless_{DangerPhrases::Typos::none};
  Phrases unless_;
  std::vector<std::set<std::string>> unless_families_;  // by phrase: in whose words no APPOINTMENT question is heard
  std::vector<Symbol> symbols_;
};

}  // namespace passerelle::language
