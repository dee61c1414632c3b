// UTF-8 as code points; invalid bytes become U+FFFD.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::language {

std::u32string to_utf32(std::string_view text);

}  // namespace passerelle::language
