// A spelling of the same words that costs fewer SMS: offered to staff who write, never used unasked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::language {

// "Ça coûte 2 €, s’il vous plaît" → "Ca coute 2 €, s'il vous plait" where the marks alone make it UCS-2. Nothing when
// that saves no part, or when a letter has no plain form in the GSM 03.38 alphabet (Arabic, Tigrinya, Cyrillic).
std::optional<std::string> cheaper_spelling(std::string_view text);

}  // namespace passerelle::language
