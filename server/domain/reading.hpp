// What language/ makes of a text, once, on the io thread: everything later steps need, and the original beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/address.hpp"

namespace passerelle {

enum class Intent : std::uint8_t { danger, stop, start, help, yes, no, language, callback, appointment, number };
std::string_view to_string(Intent intent);  // DANGER, STOP, …
std::optional<Intent> parse_intent(std::string_view text);

enum class Confidence : std::uint8_t { high, medium, needs_native_review };

// One keyword that the text is, or (danger) holds.
struct KeywordHit {
  Intent intent = Intent::help;
  Locale locale;  // whose word it is; "*" for words valid in every language
  Confidence confidence = Confidence::high;
  bool whole_message = false;  // nothing but the keyword, but for thanks and greetings
  bool draft = true;           // the file it comes from has not been reviewed by a native speaker
  bool shared = false;         // another everyday meaning has the same word: "cancel" the messages or an appointment
};

struct LanguageScore {
  Locale locale;          // a code of language/detect, "und" for none
  double confidence = 0;  // calibrated, 0 to 1, without any prior
};

struct Reading {
  std::string original;               // as received, without bidi controls
  std::string folded;                 // NFKC, lower case, marks off, letters of a look unified (language/normalize)
  std::vector<std::string> tokens;    // the words of 'folded'
  std::optional<int> number;          // the whole message is this number, in any script's digits (0 to 9999)
  std::vector<KeywordHit> hits;       // in every language
  std::vector<LanguageScore> scores;  // best first, at most five
};

// Leaves of it what a text is heard for that only is a part of a longer one: cries for help, and its language.
void hear_as_part(Reading& reading);
// …and of the words on a button: all but START.
void hear_as_button(Reading& reading);

}  // namespace passerelle
