#include "language/typo.hpp"

#include <algorithm>

#include "base/edit_distance.hpp"
#include "language/utf32.hpp"

namespace passerelle::language {

bool is_typo(std::string_view typed, std::string_view word) {
  constexpr std::size_t one_mistake_from = 5;
  constexpr std::size_t two_mistakes_from = 8;
  constexpr std::size_t longest = 40;
  const std::u32string a = to_utf32(typed);
  const std::u32string b = to_utf32(word);
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  if (b.size() < one_mistake_from || longer > longest || typed == word) return false;
  const std::size_t allowed = b.size() < two_mistakes_from ? 1 : 2;
  return longer - shorter <= allowed && edit_distance(std::u32string_view(a), std::u32string_view(b)) <= allowed;
}

}  // namespace passerelle::language
