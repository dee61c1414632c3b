#include "language/read.hpp"

#include "language/normalize.hpp"

namespace passerelle::language {

constexpr std::size_t longest_text = 4096;  // code points; ten times the longest SMS anybody concatenates

Reading read(std::string_view text, const Keywords& keywords) {
  Reading reading;
  reading.original = strip_controls(text);
  // A code point has at most four bytes and a byte is at least a quarter of one: most texts need no counting.
  const std::string seen =
      reading.original.size() <= longest_text ? reading.original : truncate(reading.original, longest_text);
  reading.folded = fold(seen);
  reading.tokens = tokens(reading.folded);
  reading.number = whole_number(seen);
  reading.hits = keywords.find(seen, reading.folded, reading.tokens);
  reading.scores = detect(seen);
  return reading;
}

}  // namespace passerelle::language
