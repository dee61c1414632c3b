// Which numbers take which plural form in a language, by CLDR's rules.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace passerelle::language {

using NumbersByForm = std::map<std::string, std::set<std::int32_t>>;  // "few": {2, 3, 4, …}

struct PluralForms {
  NumbersByForm amounts;  // 1 day, 2 days
  NumbersByForm ranks;    // 1st, 2nd
};

// Numbers up to 1,000, as people of an association meet them. French and its sisters have a form 'many' that begins at
// a million: no translator is made to fill it.
PluralForms plural_forms(std::string_view locale);

}  // namespace passerelle::language
