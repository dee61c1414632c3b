// Texts as Kannel hands them over: in the charset that it names, as UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::adapters::kannel {

// Never fails: what is no text in its charset becomes U+FFFD. An unknown charset is taken for UTF-8 where the bytes are
// that, else for ISO-8859-1.
std::string to_utf8(std::string_view bytes, std::string_view charset);

// The parameter of a Content-Type, without its quotes; empty when absent.
std::string_view charset_of(std::string_view content_type);

}  // namespace passerelle::adapters::kannel
