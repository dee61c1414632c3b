// Dates and times for people: dd.mm.yyyy and HH:mm with a day-part word, digits 0-9, in every language.
#pragma once

#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "language/catalog.hpp"

namespace passerelle::language {

// "28.03.2027, 14:30 (après-midi)"; the pattern is the key time.moment {date} {time} {part}, the words time.morning,
// time.noon, time.afternoon, time.evening, time.night.
std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site);

}  // namespace passerelle::language
