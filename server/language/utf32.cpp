#include "language/utf32.hpp"

#include <unicode/utf8.h>

#include <cstdint>

namespace passerelle::language {

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, c);
    out.push_back(static_cast<char32_t>(c));
  }
  return out;
}

}  // namespace passerelle::language
