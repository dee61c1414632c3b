// Opening hours as one short line in the reader's language: "lun.-ven. 08:30-11:30, 13:30-17:00".
#pragma once

#include <string>
#include <string_view>

#include "domain/opening.hpp"

namespace passerelle::language {

// Days with the same hours are joined; days without hours are left out; an empty week gives an empty text.
std::string opening_hours(const Opening& opening, std::string_view locale);

}  // namespace passerelle::language
