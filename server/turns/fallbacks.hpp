// How often people read another language than theirs, because a sentence or a page is not translated: since the start,
// for /metrics. A figure that may be lost, so it lives in memory, one for the program, as its log does.
#pragma once

#include <compare>
#include <cstdint>
#include <map>

#include "domain/address.hpp"

namespace passerelle::turns {

struct Fallback {
  Locale wanted, told;

  friend auto operator<=>(const Fallback&, const Fallback&) = default;
};

void count_fallback(const Locale& wanted, const Locale& told);
std::map<Fallback, std::uint64_t> fallbacks();

}  // namespace passerelle::turns
