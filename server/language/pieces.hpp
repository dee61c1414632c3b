// The words of a text as keyword lists see them: Han text has no spaces, there each character is a word.
#pragma once

#include <string>
#include <vector>

namespace passerelle::language {

std::vector<std::string> pieces(const std::vector<std::string>& tokens);

}  // namespace passerelle::language
