#include "language/segments.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

#include "language/clusters.hpp"

namespace passerelle::language {
namespace {

// What fits a message of one part, and each part of several (6 octets of 140 go to the concatenation header).
struct Room {
  std::size_t alone, shared;
};
constexpr Room septets{160, 153};
constexpr Room units{70, 67};

constexpr std::array<std::uint8_t, 128> ascii_septets = [] {
  std::array<std::uint8_t, 128> table{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) table[c] = 1;
  for (const char c : {'^', '{', '}', '\\', '[', '~', ']', '|', '\f'}) table[static_cast<std::size_t>(c)] = 2;
  table['\n'] = table['\r'] = 1;
  table['`'] = 0;
  return table;
}();
// The rest of the basic alphabet of TS 23.038 section 6.2.1, sorted.
constexpr std::array<UChar32, 37> basic{0xA1,  0xA3,  0xA4,  0xA5,  0xA7,  0xBF,  0xC4, 0xC5, 0xC6, 0xC7,
                                        0xC9,  0xD1,  0xD6,  0xD8,  0xDC,  0xDF,  0xE0, 0xE4, 0xE5, 0xE6,
                                        0xE8,  0xE9,  0xEC,  0xF1,  0xF2,  0xF6,  0xF8, 0xF9, 0xFC, 0x393,
                                        0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6};
constexpr UChar32 psi = 0x3A8, omega = 0x3A9, euro = 0x20AC;

// 0: not in the GSM 03.38 alphabet.
std::size_t septets_of(UChar32 point) {
  if (point < 0) return 0;
  if (point < 0x80) return ascii_septets[static_cast<std::size_t>(point)];
  if (point == euro) return 2;
  return point == psi || point == omega || std::ranges::binary_search(basic, point) ? 1 : 0;
}

// A byte that is no UTF-8 counts as the U+FFFD that will be sent for it.
UChar32 next_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 point = 0;
  U8_NEXT(bytes, at, text.size(), point);
  return point;
}

std::optional<std::size_t> count_septets(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = septets_of(next_point(text, at));
    if (size == 0) return std::nullopt;
    count += size;
  }
  return count;
}

std::size_t count_units(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) count += next_point(text, at) > 0xFFFF ? 2 : 1;
  return count;
}

std::vector<std::string> split_septets(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0, used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const std::size_t size = septets_of(next_point(text, at));
    if (used + size > septets.shared) {
      parts.emplace_back(text.substr(begin, here - begin));
      begin = here;
      used = 0;
    }
    used += size;
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

// Whole clusters go to the next part, unless one is longer than a part can be.
std::vector<std::string> split_units(std::string_view text) {
  std::vector<std::string> parts;
  Clusters clusters;
  std::size_t begin = 0, used = 0, cluster = 0, in_cluster = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const UChar32 point = next_point(text, at);
    const std::size_t size = point > 0xFFFF ? 2 : 1;
    if (clusters.begins(point < 0 ? 0xFFFD : point)) {
      cluster = here;
      in_cluster = 0;
    }
    while (used + size > units.shared) {
      if (cluster == begin) {
        cluster = here;
        in_cluster = 0;
      }
      parts.emplace_back(text.substr(begin, cluster - begin));
      begin = cluster;
      used = in_cluster;
    }
    used += size;
    in_cluster += size;
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

}  // namespace

Segments segments(std::string_view text) {
  Segments found;
  if (const auto count = count_septets(text)) {
    if (*count > septets.alone) {
      found.parts = split_septets(text);
      return found;
    }
  } else {
    found.encoding = Encoding::ucs2;
    if (count_units(text) > units.alone) {
      found.parts = split_units(text);
      return found;
    }
  }
  found.parts.emplace_back(text);
  return found;
}

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::gsm7: return "GSM-7";
    case Encoding::ucs2: return "UCS-2";
  }
  return {};
}

}  // namespace passerelle::language
