// From which side a character is written.
#pragma once

#include <unicode/umachine.h>

#include <cstddef>
#include <string_view>

namespace passerelle::language {

enum class Side { left, right, digit, none };

Side side_of(UChar32 point);

UChar32 point_at(std::string_view text, std::size_t& at);   // moves 'at' behind it; U+FFFD for what is no UTF-8
UChar32 peek_point(std::string_view text, std::size_t at);  // 0 at the end

}  // namespace passerelle::language
