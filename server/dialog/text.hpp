// The little that dialogs need to know of UTF-8. Everything about languages is language/'s business.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::dialog {

std::size_t code_points(std::string_view text);         // invalid bytes count as they come; never reads past the end
std::size_t first_invalid_utf8(std::string_view text);  // the offset, or text.size() when all is well (RFC 3629)
std::string_view trim(std::string_view text);           // white space of every script off both ends
std::string_view at_most(std::string_view text, std::size_t limit);  // its first 'limit' code points

}  // namespace passerelle::dialog
