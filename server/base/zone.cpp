#include "base/zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <cstdio>
#include <optional>

namespace passerelle {
namespace {

const date::time_zone* locate(std::string_view name) { return date::locate_zone(std::string(name)); }

date::year_month_day day_of(CivilTime civil) { return date::year_month_day(date::floor<date::days>(civil)); }

}  // namespace

bool is_zone(std::string_view name) {
  try {
    return locate(name) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

CivilTime to_civil(TimePoint instant, std::string_view zone) {
  return date::floor<std::chrono::minutes>(locate(zone)->to_local(instant));
}

TimePoint to_instant(CivilTime civil, std::string_view zone) {
  return std::chrono::time_point_cast<Milliseconds>(locate(zone)->to_sys(civil, date::choose::earliest));
}

result<CivilTime> parse_civil(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  char separator = 0;
  int used = 0;
  const std::string copy(text);
  const int fields =
      std::sscanf(copy.c_str(), "%4d-%2d-%2d%c%2d:%2d%n", &year, &month, &day, &separator, &hour, &minute, &used);
  const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  const bool shaped =
      fields == 6 && static_cast<std::size_t>(used) == copy.size() && (separator == ' ' || separator == 'T');
  if (!shaped || !ymd.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return Error{fmt::format("'{}' is not a time; write it as 2027-03-26 09:00", text), ""};
  }
  return CivilTime(date::local_days(ymd) + std::chrono::hours(hour) + std::chrono::minutes(minute));
}

std::string format_date(CivilTime civil) {
  const auto ymd = day_of(civil);
  return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(ymd.day()), static_cast<unsigned>(ymd.month()),
                     static_cast<int>(ymd.year()));
}

std::string format_time(CivilTime civil) {
  const auto minutes = (civil - date::floor<date::days>(civil)).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

namespace {

// Takes the shape off the front of the text: '0' stands for any digit, all else for itself.
bool take_shape(std::string_view& text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool fits = shape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == shape[i];
    if (!fits) return false;
  }
  text.remove_prefix(shape.size());
  return true;
}

// The digits of a shape that fitted, as a number: at most nine of them.
int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

// ".5", ".123456789" → milliseconds, rounded down; nothing is taken where there is no fraction.
int take_fraction(std::string_view& text) {
  std::string_view rest = text;
  if (!take_shape(rest, ".0")) return 0;
  for (int more = 0; more < 8 && take_shape(rest, "0"); ++more) continue;
  std::string digits(text.substr(1, text.size() - rest.size() - 1));
  digits.resize(3, '0');
  text = rest;
  return number(digits);
}

// "Z", "+01:00", "-03:30" → minutes east of Greenwich; absent when it is neither.
std::optional<int> take_offset(std::string_view& text) {
  if (take_shape(text, "Z")) return 0;
  const std::string_view offset = text;
  if (!take_shape(text, "+00:00") && !take_shape(text, "-00:00")) return std::nullopt;
  const int hours = number(offset.substr(1, 2));
  const int minutes = number(offset.substr(4, 2));
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (offset[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// By hand, because the date library reads other shapes, too, and computes with what is no number in them.
std::optional<TimePoint> read_instant(std::string_view text) {
  const std::string_view all = text;
  if (!take_shape(text, "0000-00-00T00:00")) return std::nullopt;
  const date::year_month_day day{date::year{number(all.substr(0, 4))},
                                 date::month{static_cast<unsigned>(number(all.substr(5, 2)))},
                                 date::day{static_cast<unsigned>(number(all.substr(8, 2)))}};
  const int hour = number(all.substr(11, 2));
  const int minute = number(all.substr(14, 2));
  const std::string_view seconds = text;
  const int second = take_shape(text, ":00") ? number(seconds.substr(1, 2)) : 0;
  const int fraction = text.size() == seconds.size() ? 0 : take_fraction(text);
  const auto offset = take_offset(text);
  if (!offset || !text.empty() || !day.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return TimePoint(date::sys_days(day)) + std::chrono::hours(hour) + std::chrono::minutes(minute - *offset) +
         std::chrono::seconds(second) + Milliseconds(fraction);
}

}  // namespace

std::string format_instant(TimePoint instant) { return date::format("%FT%TZ", instant); }

result<TimePoint> parse_instant(std::string_view text) {
  if (const auto instant = read_instant(text)) return *instant;
  return Error{"'" + std::string(text) + "' is no instant: write 2027-03-26T08:00:00Z or 2027-03-26T09:00+01:00", ""};
}

}  // namespace passerelle
