#include "language/read.hpp"

#include <algorithm>

#include "language/normalize.hpp"

namespace passerelle::language {

namespace {

constexpr std::size_t longest_text = 4096;  // code points; ten times the longest SMS anybody concatenates

// The words [from, to) of a text as they were written, with the signs behind them; empty when they cannot be cut out at
// spaces.
std::string written(std::string_view text, std::size_t from, std::size_t to) {
  std::size_t words = 0;
  std::size_t begin = text.size();
  std::size_t end = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find_first_of(" \t\n", at), text.size());
    const std::size_t more = tokens(fold(text.substr(at, space - at))).size();
    if (words < to && words + more > to) return {};
    if (words == to && more > 0) break;
    if (words <= from && words + more > from) begin = words == from ? at : text.size();
    words += more;
    end = space;
    at = space + 1;
  }
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

}  // namespace

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

Reading without_manners(const Reading& reading, const Keywords& keywords) {
  const auto [from, to] = keywords.without_manners(reading.tokens);
  if (to - from == reading.tokens.size()) return reading;
  Reading rest;
  rest.tokens.assign(reading.tokens.begin() + static_cast<std::ptrdiff_t>(from),
                     reading.tokens.begin() + static_cast<std::ptrdiff_t>(to));
  for (const std::string& token : rest.tokens) rest.folded += (rest.folded.empty() ? "" : " ") + token;
  rest.original = written(reading.original, from, to);
  if (rest.original.empty()) rest.original = rest.folded;
  rest.number = whole_number(rest.original);
  rest.hits = keywords.find(rest.original, rest.folded, rest.tokens);
  rest.scores = reading.scores;
  return rest;
}

Manners only_manners(const Reading& reading, const Keywords& keywords) {
  return keywords.only_manners(reading.original, reading.tokens);
}

}  // namespace passerelle::language
