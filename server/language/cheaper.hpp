// A spelling of the same words that costs fewer SMS: offered to staff who write, never used unasked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/message.hpp"

namespace passerelle::language {

// How far a spelling may go: in Turkish or Vietnamese a letter without its mark is another letter.
enum class Folding : std::uint8_t {
  never,
  marks,    // quotes, dashes, blanks, joined letters: nothing is lost
  letters,  // the language's own letters too, where everybody reads them without their marks
};
std::optional<Folding> parse_folding(std::string_view word);

using PlainForms = std::map<char32_t, std::string>;

// Which letters a language may write plainly: data of config/spelling.yaml, with an association's own choices.
struct Spelling {
  Folding folding = Folding::marks;
  PlainForms letters = {};
};
struct SpellingPolicy {
  PlainForms marks;
  std::map<Locale, Spelling> languages;

  Spelling of(Locale locale) const;  // of the language where its region is not named; what is not listed: marks only
};

// The whole text in the GSM 03.38 alphabet; nothing where a letter has no plain form in that language.
std::optional<std::string> plain_spelling(std::string_view text, const SpellingPolicy& policy,
                                          const Spelling& spelling);

// "Ça coûte 2 €, s’il vous plaît" → "Ça coute 2 €, s'il vous plait" where the marks alone make it UCS-2. Nothing when
// that saves no part, or when the language keeps its letters.
std::optional<std::string> cheaper_spelling(std::string_view text, const SpellingPolicy& policy, const Locale& locale);

}  // namespace passerelle::language
