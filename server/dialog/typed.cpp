#include "dialog/typed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "dialog/text.hpp"
#include "domain/phone.hpp"
#include "domain/phone_text.hpp"

namespace passerelle::dialog {
namespace {

constexpr std::size_t longest_number = 9;  // digits
constexpr std::size_t shortest_local = 8;
constexpr std::size_t longest_local = 12;
constexpr int pivot_century = 2000;

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

std::optional<int> number_of(std::string_view token) {
  if (!is_digits(token) || token.size() > longest_number) return std::nullopt;
  int number = 0;
  std::from_chars(token.data(), token.data() + token.size(), number);
  return number;
}

struct Parts {
  int day = 0;
  int month = 0;
  std::optional<int> year = {};
  bool short_year = false;
};

std::optional<Parts> parts_of(const std::vector<std::string>& tokens) {
  if (tokens.size() < 2 || tokens.size() > 3) return std::nullopt;
  std::vector<int> numbers;
  for (const std::string& token : tokens) {
    const auto number = number_of(token);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  if (tokens.size() == 2) return Parts{numbers[0], numbers[1]};
  if (tokens[0].size() == 4) return Parts{numbers[2], numbers[1], numbers[0]};
  const bool short_year = tokens[2].size() == 2;
  if (!short_year && tokens[2].size() != 4) return std::nullopt;
  return Parts{numbers[0], numbers[1], short_year ? pivot_century + numbers[2] : numbers[2], short_year};
}

std::optional<date::local_days> day_of(const Parts& parts, int year) {
  const date::year_month_day day{date::year(year), date::month(static_cast<unsigned>(parts.month)),
                                 date::day(static_cast<unsigned>(parts.day))};
  return day.ok() ? std::optional(date::local_days(day)) : std::nullopt;
}

bool in_range(date::local_days day, OnDate::Range range, date::local_days today) {
  switch (range) {
    case OnDate::Range::any: return true;
    case OnDate::Range::future: return day >= today;
    case OnDate::Range::past: return day <= today;
  }
  return false;
}

// The years that may be meant, the likeliest first.
std::vector<int> years_of(const Parts& parts, OnDate::Range range, date::local_days today) {
  if (parts.year && !parts.short_year) return {*parts.year};
  if (parts.year) return {*parts.year, *parts.year - 100};
  const int year = static_cast<int>(date::year_month_day(today).year());
  if (range == OnDate::Range::past) return {year, year - 1};
  return {year, year + 1};
}

// Empty where there is more than digits.
std::string digits_of(const Reading& reading) {
  std::string digits;
  for (const std::string& token : reading.tokens) digits += token;
  if (!is_digits(digits)) return {};
  const bool plus = reading.original.find('+') != std::string::npos;
  return (plus ? "+" : "") + digits;
}

}  // namespace

std::optional<int> typed_count(const Reading& reading) {
  if (reading.number) return reading.number;
  if (reading.tokens.size() != 2) return std::nullopt;
  const auto first = number_of(reading.tokens[0]);
  const auto second = number_of(reading.tokens[1]);
  if (first && second) return std::nullopt;
  return first ? first : second;
}

std::optional<std::string> typed_date(const Reading& reading, OnDate::Range range, date::local_days today) {
  const auto parts = parts_of(reading.tokens);
  if (!parts || parts->day > 31 || parts->month > 12) return std::nullopt;
  for (const int year : years_of(*parts, range, today)) {
    if (year < 1900 || year > 2100) continue;
    const auto day = day_of(*parts, year);
    if (day && in_range(*day, range, today)) return date::format("%d.%m.%Y", *day);
  }
  return std::nullopt;
}

std::optional<std::string> typed_date(const TypedMoment& typed, OnDate::Range range, date::local_days today) {
  const std::vector<date::local_days> days = meant_days(typed, range, today);
  return days.size() == 1 ? std::optional(date::format("%d.%m.%Y", days.front())) : std::nullopt;
}

std::optional<std::string> typed_moment(const TypedMoment& typed, date::local_days today) {
  const std::vector<MeantMoment> moments = meant_moments(typed, today);
  const auto passed = [today](const MeantMoment& moment) { return moment.day < today; };
  if (moments.empty() || std::ranges::any_of(moments, passed)) return std::nullopt;
  return to_string(moments);
}

std::optional<std::string> typed_phone(const Reading& reading, const std::vector<std::string>& dialled_in) {
  std::string typed(trim(reading.original));
  // "+41 79 000 00 01, merci": the words of the reading have no manners.
  if (!read_dialled(typed)) typed = digits_of(reading);
  for (const std::string& country : dialled_in) {
    const auto number = read_phone(typed, country);
    if (number && number->kind != PhoneKind::unknown) return for_people(number->e164);
  }
  if (const auto number = read_phone(typed, "")) return for_people(number->e164);
  const auto dialled = read_dialled(typed);
  if (!dialled || dialled->plus) return std::nullopt;
  const std::string& digits = dialled->digits;
  const bool local = digits.starts_with('0') && !digits.starts_with("00");
  return local && digits.size() >= shortest_local && digits.size() <= longest_local ? std::optional(digits)
                                                                                    : std::nullopt;
}

}  // namespace passerelle::dialog
