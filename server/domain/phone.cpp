#include "domain/phone.hpp"

#include <algorithm>
#include <array>

namespace passerelle {
namespace {

// What people group digits by, and the invisible marks that come along when a number is copied from an address book.
// "(0)" is how a number is written for callers from abroad and at home at once; the 0 is not part of it.
constexpr std::array<std::string_view, 20> between{"(0)",
                                                   " ",
                                                   "\t",
                                                   "-",
                                                   ".",
                                                   "/",
                                                   "(",
                                                   ")",
                                                   "\xC2\xA0",
                                                   "\xE2\x80\x89",
                                                   "\xE2\x80\xAF",
                                                   "\xE2\x80\x8E",
                                                   "\xE2\x80\x8F",
                                                   "\xE2\x80\xAA",
                                                   "\xE2\x80\xAB",
                                                   "\xE2\x80\xAC",
                                                   "\xE2\x80\x90",
                                                   "\xE2\x80\x91",
                                                   "\xE2\x81\xA6",
                                                   "\xE2\x81\xA9"};

constexpr std::size_t fewest_digits = 7;
constexpr std::size_t most_digits = 15;

std::string compact(std::string_view text) {
  std::string digits;
  while (!text.empty()) {
    const auto* skipped =
        std::find_if(between.begin(), between.end(), [text](std::string_view mark) { return text.starts_with(mark); });
    if (skipped == between.end()) digits += text.front();
    text.remove_prefix(skipped == between.end() ? 1 : skipped->size());
  }
  return digits;
}

bool only_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> international_number(std::string_view text) {
  std::string number = compact(text);
  if (number.starts_with("00")) number.replace(0, 2, "+");
  if (!number.starts_with('+')) return std::nullopt;
  const std::string_view digits = std::string_view(number).substr(1);
  const bool sound =
      only_digits(digits) && digits.size() >= fewest_digits && digits.size() <= most_digits && digits[0] != '0';
  return sound ? std::optional(number) : std::nullopt;
}

bool looks_like_phone(std::string_view text) {
  const std::string number = compact(text);
  return number.starts_with('+') || (number.starts_with('0') && only_digits(number));
}

}  // namespace passerelle
