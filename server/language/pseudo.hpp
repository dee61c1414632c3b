// A sentence that nobody speaks and everybody can read: shows what is not translated, cut off, or glued together.
#pragma once

#include <string>

#include "language/pattern.hpp"

namespace passerelle::language {

// "[Bónjóúr {name} one two]": letters with accents, a third longer, in brackets; arguments and choices stay.
std::string pseudo_pattern(const Pattern& pattern);

}  // namespace passerelle::language
