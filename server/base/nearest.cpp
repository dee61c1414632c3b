#include "base/nearest.hpp"

#include <algorithm>

#include "base/edit_distance.hpp"

namespace passerelle {
std::string nearest(std::string_view word, std::span<const std::string> valid) {
  constexpr std::size_t longest_compared = 64;
  if (word.size() > longest_compared) return {};
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : valid) {
    if (candidate.size() > longest_compared) continue;
    const std::size_t found = edit_distance(word, std::string_view(candidate));
    if (found < best_distance) {
      best_distance = found;
      best = candidate;
    }
  }
  return best;
}

std::string suggest(std::string_view word, std::span<const std::string> valid) {
  if (const std::string near = nearest(word, valid); !near.empty()) return "did you mean '" + near + "'?";
  std::string list = "one of: ";
  for (std::size_t i = 0; i < valid.size(); ++i) list += (i == 0 ? "" : ", ") + valid[i];
  return valid.empty() ? std::string() : list;
}

}  // namespace passerelle
