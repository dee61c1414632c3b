// Everything that language/ can tell about a text before the person is known. Pure, thread-safe over shared tables.
#pragma once

#include "domain/reading.hpp"
#include "language/detect.hpp"
#include "language/keywords.hpp"

namespace passerelle::language {

// At most 4,096 code points are looked at; 'original' keeps them all.
Reading read(std::string_view text, const Keywords& keywords);

}  // namespace passerelle::language
