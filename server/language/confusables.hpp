// Letters of other scripts, and digits, that are drawn like latin letters: ЅТОР and ST0P are STOP.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::language {

// The latin word that a folded word looks like; empty when it looks like none, or is latin already.
std::string latin_look(std::string_view word);

// "s t o p" → "stop": the letters of a message that is nothing but single latin letters; empty otherwise.
std::string joined_letters(const std::vector<std::string>& tokens);

}  // namespace passerelle::language
