#include "domain/date_style.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace passerelle {
namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

constexpr Names<Calendar, 3> calendars{
    {{Calendar::gregorian, "gregorian"}, {Calendar::persian, "persian"}, {Calendar::ethiopic, "ethiopic"}}};
constexpr Names<DayClock, 2> clocks{{{DayClock::day, "day"}, {DayClock::ethiopic, "ethiopic"}}};
constexpr Names<Digits, 2> digits_names{{{Digits::latin, "latin"}, {Digits::native, "native"}}};

template <class Value, std::size_t size>
std::string_view name_of(const Names<Value, size>& names, Value value) {
  return std::ranges::find(names, value, &std::pair<Value, std::string_view>::first)->second;
}

// False when the word is neither one of the names nor "usual".
template <class Value, std::size_t size>
bool read(const Names<Value, size>& names, std::string_view word, std::optional<Value>& value) {
  value.reset();
  if (word == "usual") return true;
  const auto found = std::ranges::find(names, word, &std::pair<Value, std::string_view>::second);
  if (found == names.end()) return false;
  value = found->first;
  return true;
}

bool read_choice(std::string_view choice, DateStyle& style) {
  const std::size_t equals = std::min(choice.find('='), choice.size());
  const std::string_view name = choice.substr(0, equals);
  const std::string_view word = choice.substr(std::min(equals + 1, choice.size()));
  if (name == "calendar") return read(calendars, word, style.calendar);
  if (name == "clock") return read(clocks, word, style.clock);
  if (name == "digits") return read(digits_names, word, style.digits);
  return false;
}

}  // namespace

std::string_view to_string(Calendar calendar) { return name_of(calendars, calendar); }
std::string_view to_string(DayClock clock) { return name_of(clocks, clock); }
std::string_view to_string(Digits digits) { return name_of(digits_names, digits); }

std::string to_string(const DateStyle& style) {
  std::string text;
  const auto add = [&text](std::string_view name, std::string_view word) {
    text.append(text.empty() ? "" : " ").append(name).append("=").append(word);
  };
  if (style.calendar) add("calendar", to_string(*style.calendar));
  if (style.clock) add("clock", to_string(*style.clock));
  if (style.digits) add("digits", to_string(*style.digits));
  return text;
}

std::optional<DateStyle> parse_date_style(std::string_view text) {
  DateStyle style;
  while (!text.empty()) {
    const std::string_view choice = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), choice.size() + 1));
    if (!choice.empty() && !read_choice(choice, style)) return std::nullopt;
  }
  return style;
}

}  // namespace passerelle
