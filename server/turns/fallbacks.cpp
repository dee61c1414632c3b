#include "turns/fallbacks.hpp"

#include <mutex>

namespace passerelle::turns {
namespace {

// Both are languages that the content names, so there are few pairs; the bound is for what nobody thought of.
constexpr std::size_t most_pairs = 500;

struct Tally {
  std::mutex mutex;
  std::map<Fallback, std::uint64_t> counts;
};

Tally& tally() {
  static Tally one;
  return one;
}

}  // namespace

void count_fallback(const Locale& wanted, const Locale& told) {
  Tally& to = tally();
  const std::scoped_lock lock(to.mutex);
  const Fallback pair{wanted, told};
  if (to.counts.size() < most_pairs || to.counts.contains(pair)) ++to.counts[pair];
}

std::map<Fallback, std::uint64_t> fallbacks() {
  Tally& from = tally();
  const std::scoped_lock lock(from.mutex);
  return from.counts;
}

}  // namespace passerelle::turns
