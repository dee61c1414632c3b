// In which letters a text is written, and whether a phone that shows only latin ones could show it.
#pragma once

#include <string_view>

namespace passerelle::language {

// Holds at least one letter of a script other than Latin.
bool has_non_latin_letters(std::string_view text);
// Most letters of both are of one script.
bool same_script(std::string_view one, std::string_view other);

}  // namespace passerelle::language
