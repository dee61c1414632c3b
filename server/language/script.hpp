// Whether a phone that shows only latin letters could show a text.
#pragma once

#include <string_view>

namespace passerelle::language {

// Holds at least one letter of a script other than Latin.
bool has_non_latin_letters(std::string_view text);

}  // namespace passerelle::language
