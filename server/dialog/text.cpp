#include "dialog/text.hpp"

#include <algorithm>
#include <array>

namespace passerelle::dialog {
namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The length of the well-formed sequence at the beginning (RFC 3629, section 4), or 0.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  if (!std::ranges::all_of(text.substr(1, length - 1), continues)) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_high = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

// White_Space of the Unicode character database, with the zero-width space and the byte order mark, as UTF-8.
constexpr std::array<std::string_view, 27> spaces{" ",
                                                  "\t",
                                                  "\n",
                                                  "\v",
                                                  "\f",
                                                  "\r",
                                                  "\xC2\x85",
                                                  "\xC2\xA0",
                                                  "\xE1\x9A\x80",
                                                  "\xE2\x80\x80",
                                                  "\xE2\x80\x81",
                                                  "\xE2\x80\x82",
                                                  "\xE2\x80\x83",
                                                  "\xE2\x80\x84",
                                                  "\xE2\x80\x85",
                                                  "\xE2\x80\x86",
                                                  "\xE2\x80\x87",
                                                  "\xE2\x80\x88",
                                                  "\xE2\x80\x89",
                                                  "\xE2\x80\x8A",
                                                  "\xE2\x80\x8B",
                                                  "\xE2\x80\xA8",
                                                  "\xE2\x80\xA9",
                                                  "\xE2\x80\xAF",
                                                  "\xE2\x81\x9F",
                                                  "\xE3\x80\x80",
                                                  "\xEF\xBB\xBF"};

// Of most bytes it is plain that white space neither begins nor ends with them.
bool may_be_space(char byte) {
  const auto plain = static_cast<unsigned char>(byte);
  return plain <= ' ' || plain >= 0x7F;
}

}  // namespace

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) { return !continues(byte); }));
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

std::string_view trim(std::string_view text) {
  const auto leads = [&text](std::string_view space) { return text.starts_with(space); };
  const auto ends = [&text](std::string_view space) { return text.ends_with(space); };
  while (!text.empty() && may_be_space(text.front())) {
    const auto* found = std::ranges::find_if(spaces, leads);
    if (found == spaces.end()) break;
    text.remove_prefix(found->size());
  }
  while (!text.empty() && may_be_space(text.back())) {
    const auto* found = std::ranges::find_if(spaces, ends);
    if (found == spaces.end()) break;
    text.remove_suffix(found->size());
  }
  return text;
}

std::string_view at_most(std::string_view text, std::size_t limit) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!continues(text[at]) && seen++ == limit) return text.substr(0, at);
  }
  return text;
}

}  // namespace passerelle::dialog
