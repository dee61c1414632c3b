// Which language a short text is in. Script first, then what tells the languages of that script apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/reading.hpp"

namespace passerelle::language {

// Best first, at most five, confidences sum to at most 1; {"und", 0} for texts without letters.
// Codes: as locales/ (fr, en, ar, ti, uk, fa-AF) and further ones that we recognise in order not to mistake them.
std::vector<LanguageScore> detect(std::string_view text);

// What to do with a text's language (language.md, section 2.5).
struct LanguageChange {
  enum class Kind { keep, reply_in, offer, ask };
  Kind kind = Kind::keep;
  Locale locale;  // for reply_in and offer
};

// 'known' may be empty (first contact): reply_in at 0.80 or more among 'enabled', else ask.
// With a known language: reply_in at posterior 0.90 or more and at least 3 words; offer at 0.5 to 0.9; else keep.
// 'site' is the language of the place, which first contacts are more likely to write than any other: an unsure text is
// answered in it from 0.50 on. Empty: nothing is known of the place.
LanguageChange choose(const Reading& reading, const Locale& known, const std::vector<Locale>& enabled,
                      const Locale& site = {});

}  // namespace passerelle::language
