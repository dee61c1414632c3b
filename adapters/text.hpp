// Text as gateways send it and as they want it back: broken UTF-8, base64 bodies, XML. No ICU: adapters need little.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::adapters {

void append_utf8(std::string& text, char32_t c);  // a Unicode scalar value

// 1 to 'longest' bytes of UTF-8 without control characters: an id or an address that we can store and log.
bool is_plain(std::string_view text, std::size_t longest);
bool is_ascii_word(std::string_view text, std::size_t longest);  // letters, digits, '-' and '_'

// Padded base64 of its canonical spelling only.
std::optional<std::string> base64_decode(std::string_view text);

// Character data for an XML 1.0 element or attribute: escaped, and without the characters that XML cannot hold.
std::string xml_escape(std::string_view text);

}  // namespace passerelle::adapters
