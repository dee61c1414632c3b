// The valid word nearest to a mistyped one, for "did you mean …?" in every error we print.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle {

// Empty when nothing is near (Damerau-Levenshtein distance over a third of the word's length, at least 2).
std::string nearest(std::string_view word, std::span<const std::string> valid);

// "did you mean 'x'?" or, when nothing is near, "one of: a, b, c".
std::string suggest(std::string_view word, std::span<const std::string> valid);

}  // namespace passerelle
