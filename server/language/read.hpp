// Everything that language/ can tell about a text before the person is known. Pure, thread-safe over shared tables.
#pragma once

#include "domain/reading.hpp"
#include "language/detect.hpp"
#include "language/keywords.hpp"
#include "language/manners.hpp"

namespace passerelle::language {

// At most 4,096 code points are looked at; 'original' keeps them all.
Reading read(std::string_view text, const Keywords& keywords);

// The reading of the text without the greetings, thanks and "please" of any language at both ends: "2 svp" is the
// number 2, "bonjour, horaires svp" is "horaires". Scores stay: manners tell the language too. A text that is nothing
// else, and one without any, comes back as it is.
Reading without_manners(const Reading& reading, const Keywords& keywords);

// Whether the text is nothing but a greeting ("bonjour madame") or thanks and goodbye ("merci, bonne journée", 🙏), in
// any language. What it begins with counts. None for "please" alone.
Manners only_manners(const Reading& reading, const Keywords& keywords);

}  // namespace passerelle::language
