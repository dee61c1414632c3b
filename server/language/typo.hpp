// Whether a word is another one mistyped. For menu words only, and always asked back: one letter makes "unsubscribe" of
// "subscribe" in several languages, so STOP, START, YES and NO are never guessed at.
#pragma once

#include <string_view>

namespace passerelle::language {

// Both folded (normalize.hpp). One mistake in words of five letters or more, two from eight on; the first letter counts
// as the others do. The same word is none.
bool is_typo(std::string_view typed, std::string_view word);

}  // namespace passerelle::language
