// UTF-8 letter by letter, and text that JSON can hold: what is not UTF-8 in it becomes U+FFFD, as every decoder on the
// web does.
#pragma once

#include <string>
#include <string_view>

namespace passerelle {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;  // bytes
  bool valid = true;     // false: U+FFFD stands for these bytes (the maximal part of a sequence, as browsers do it)
};
CodePoint code_point_at(std::string_view text, std::size_t at);

std::size_t code_point_count(std::string_view text);  // invalid bytes count as they come

bool is_utf8(std::string_view text);
std::string valid_utf8(std::string_view text);

}  // namespace passerelle
