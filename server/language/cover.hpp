// Whether a text is nothing but keywords of one intent, thanks and greetings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace passerelle::language {

// A phrase found in a text: words [from, to). 'phrase' is its number in the keyword lists.
struct Span {
  std::size_t from = 0;
  std::size_t to = 0;
  std::uint32_t phrase = 0;
};

// The keywords that lie on a way from the first to the last word of a text of 'length' words, where every step is
// one of 'keywords' or of 'fillers'. Both are ordered by 'from'.
std::vector<Span> cover(std::size_t length, const std::vector<Span>& keywords, const std::vector<Span>& fillers);

}  // namespace passerelle::language
