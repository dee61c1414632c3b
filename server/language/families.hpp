// Which language codes mean languages whose short words are shared: fa-AF and fa, bs and hr and sr, ar-TN and ar.
#pragma once

#include <string>
#include <string_view>

#include "domain/address.hpp"

namespace passerelle::language {

// The code under which keyword and locale files are kept: prs → fa-AF, kmr → ku, fr_CH → fr-CH. Unknown codes stay.
Locale canonical(std::string_view code);

// The first part of the canonical code, one for the members of a family: fa-AF → fa, hr → bs. "und" stays.
std::string family(std::string_view code);

}  // namespace passerelle::language
