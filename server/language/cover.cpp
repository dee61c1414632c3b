#include "language/cover.hpp"

#include <algorithm>

namespace passerelle::language {

std::vector<Span> cover(std::size_t length, const std::vector<Span>& keywords, const std::vector<Span>& fillers) {
  if (keywords.empty()) return {};  // fillers alone say nothing
  std::vector<Span> steps = keywords;
  steps.insert(steps.end(), fillers.begin(), fillers.end());
  std::sort(steps.begin(), steps.end(), [](const Span& a, const Span& b) { return a.from < b.from; });

  std::vector<bool> from_start(length + 1, false);
  from_start[0] = true;
  for (const Span& step : steps) {
    if (from_start[step.from]) from_start[step.to] = true;
  }
  std::vector<bool> to_end(length + 1, false);
  to_end[length] = true;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (to_end[step->to]) to_end[step->from] = true;
  }
  std::vector<Span> out;
  std::copy_if(keywords.begin(), keywords.end(), std::back_inserter(out),
               [&](const Span& step) { return from_start[step.from] && to_end[step.to]; });
  return out;
}

}  // namespace passerelle::language
