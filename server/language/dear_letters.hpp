// The letters for whose sake a text costs as UCS-2.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace passerelle::language {

// Those outside the GSM 03.38 alphabet, each once.
std::set<std::string> dear_letters(std::string_view text);

}  // namespace passerelle::language
