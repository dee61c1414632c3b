#include "domain/contact.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace passerelle {
namespace {

constexpr std::array<std::pair<Readers, std::string_view>, 3> names{
    {{Readers::unknown, "unknown"}, {Readers::own, "own"}, {Readers::shared, "shared"}}};

std::optional<int> two_digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.size() != 2 || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "09:00"
std::optional<std::chrono::minutes> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return std::chrono::minutes(*hour * 60 + *minute);
}

}  // namespace

std::string_view to_string(Readers readers) {
  for (const auto& [value, name] : names) {
    if (value == readers) return name;
  }
  return {};
}

std::optional<Readers> parse_readers(std::string_view text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return std::nullopt;
}

std::optional<SafeHours> parse_safe_hours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = parse_time(text.substr(0, 5));
  const auto to = parse_time(text.substr(6));
  if (!from || !to || *from == *to) return std::nullopt;
  return SafeHours{*from, *to};
}

std::string to_string(const SafeHours& hours) {
  const auto from = hours.from.count();
  const auto to = hours.to.count();
  return fmt::format("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
}

}  // namespace passerelle
