#include "language/sides.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace passerelle::language {

Side side_of(UChar32 point) {
  if (point >= '0' && point <= '9') return Side::digit;
  if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) return Side::left;
  if (point < 0x80) return Side::none;
  switch (u_charDirection(point)) {
    case U_LEFT_TO_RIGHT: return Side::left;
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC: return Side::right;
    case U_EUROPEAN_NUMBER:
    case U_ARABIC_NUMBER: return Side::digit;
    default: return Side::none;
  }
}

UChar32 point_at(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT_OR_FFFD(bytes, at, text.size(), point);
  return point;
}

UChar32 peek_point(std::string_view text, std::size_t at) { return at < text.size() ? point_at(text, at) : 0; }

}  // namespace passerelle::language
