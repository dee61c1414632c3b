#include "language/dear_letters.hpp"

#include <unicode/unistr.h>

#include "language/segments.hpp"

namespace passerelle::language {

std::set<std::string> dear_letters(std::string_view text) {
  std::set<std::string> dear;
  const icu::UnicodeString points = icu::UnicodeString::fromUTF8(std::string(text));
  for (std::int32_t at = 0; at < points.length(); at = points.moveIndex32(at, 1)) {
    std::string letter;
    icu::UnicodeString(points.char32At(at)).toUTF8String(letter);
    if (segments(letter).encoding == Encoding::ucs2) dear.insert(std::move(letter));
  }
  return dear;
}

}  // namespace passerelle::language
