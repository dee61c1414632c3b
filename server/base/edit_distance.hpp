// How many letters were mistyped: inserted, left out, exchanged, or two neighbours swapped (Damerau-Levenshtein,
// optimal string alignment).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace passerelle {

// Of bytes, or of code points in a u32string_view. Time and memory grow with the product of the lengths.
template <class Letter>
std::size_t edit_distance(std::basic_string_view<Letter> a, std::basic_string_view<Letter> b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace passerelle
