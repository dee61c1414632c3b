#include "adapters/vonage/account.hpp"

#include <algorithm>

namespace passerelle::adapters::vonage {
namespace {

constexpr std::size_t shortest_number = 8;  // with its country's code; short codes are shorter
constexpr std::size_t longest_number = 15;

}  // namespace

std::string with_plus(std::string_view address) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_number = address.size() >= shortest_number && address.size() <= longest_number &&
                         std::ranges::all_of(address, is_digit) && !address.starts_with('0');
  return (is_number ? "+" : "") + std::string(address);
}

std::string without_plus(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return std::string(number);
}

}  // namespace passerelle::adapters::vonage
