#include "domain/press.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle {
namespace {

constexpr std::size_t question_length = 16;
constexpr std::size_t number_at = 1 + question_length + 1;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string payload_of(const Press& press) {
  return (press.standing ? "s" : "q") + press.question + "." + std::to_string(press.number);
}

std::optional<Press> read_press(std::string_view payload) {
  if (payload.size() <= number_at || payload.size() > number_at + 2) return std::nullopt;
  const char kind = payload.front();
  const std::string_view question = payload.substr(1, question_length);
  if ((kind != 'q' && kind != 's') || !std::ranges::all_of(question, is_hex) || payload[number_at - 1] != '.')
    return std::nullopt;
  Press press{std::string(question), kind == 's', 0};
  const char* const end = payload.data() + payload.size();
  const auto [read, error] = std::from_chars(payload.data() + number_at, end, press.number);
  const bool sound = error == std::errc() && read == end && press.number > 0 && payload[number_at] != '0';
  return sound ? std::optional(press) : std::nullopt;
}

}  // namespace passerelle
