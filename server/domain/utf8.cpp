#include "domain/utf8.hpp"

#include <algorithm>
#include <array>

namespace passerelle {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// The well-formed sequences (Unicode 15, table 3-7): a lead byte, the range of the second byte, and the length.
struct Shape {
  unsigned char first, last, second_from, second_to;
  std::size_t length;
};
constexpr std::array<Shape, 9> shapes{{{0x00, 0x7F, 0, 0, 1},
                                       {0xC2, 0xDF, 0x80, 0xBF, 2},
                                       {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                       {0xE1, 0xEC, 0x80, 0xBF, 3},
                                       {0xED, 0xED, 0x80, 0x9F, 3},
                                       {0xEE, 0xEF, 0x80, 0xBF, 3},
                                       {0xF0, 0xF0, 0x90, 0xBF, 4},
                                       {0xF1, 0xF3, 0x80, 0xBF, 4},
                                       {0xF4, 0xF4, 0x80, 0x8F, 4}}};

struct Step {
  std::size_t bytes;  // to go on by
  bool valid;
};

Step look(std::string_view rest) {
  const auto byte = [rest](std::size_t at) { return static_cast<unsigned char>(rest[at]); };
  const auto* shape = std::find_if(shapes.begin(), shapes.end(),
                                   [&](const Shape& one) { return byte(0) >= one.first && byte(0) <= one.last; });
  if (shape == shapes.end()) return {1, false};
  for (std::size_t at = 1; at < shape->length; ++at) {
    const unsigned char from = at == 1 ? shape->second_from : 0x80;
    const unsigned char to = at == 1 ? shape->second_to : 0xBF;
    if (at >= rest.size() || byte(at) < from || byte(at) > to) return {at, false};
  }
  return {shape->length, true};
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Step step = look(text);
    out += step.valid ? text.substr(0, step.bytes) : replacement;
    text.remove_prefix(step.bytes);
  }
  return out;
}

}  // namespace passerelle
