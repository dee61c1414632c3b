#include "domain/typed_moment.hpp"

#include <algorithm>

namespace passerelle {
namespace {

constexpr std::size_t most_meanings = 4;  // that a person can choose from
constexpr date::days slip{300};           // a day so far ahead passed two months ago
constexpr std::string_view between = " / ";

std::optional<date::local_days> nearest(const std::vector<date::local_days>& days, DayRange range,
                                        date::local_days today) {
  const auto coming = std::ranges::lower_bound(days, today);
  const auto passed = std::ranges::upper_bound(days, today);
  const auto future = coming == days.end() ? std::nullopt : std::optional(*coming);
  const auto past = passed == days.begin() ? std::nullopt : std::optional(*(passed - 1));
  switch (range) {
    case DayRange::future: return future;
    case DayRange::past: return past;
    case DayRange::any: return future ? future : past;
  }
  return std::nullopt;
}

// "28.03.2027" or "28.03.2027 14:30"
std::optional<MeantMoment> parse_moment(std::string_view text) {
  constexpr std::size_t date_length = 10;
  const bool shaped = text.size() >= date_length && text[2] == '.' && text[5] == '.';
  const bool with_hour = text.size() > date_length;
  if (!shaped || (with_hour && text[date_length] != ' ')) return std::nullopt;
  const std::string_view day = text.substr(0, 2), month = text.substr(3, 2), year = text.substr(6, 4);
  const std::string_view time = with_hour ? text.substr(date_length + 1) : std::string_view("00:00");
  std::string iso;
  for (const std::string_view part :
       {year, std::string_view("-"), month, std::string_view("-"), day, std::string_view(" "), time})
    iso += part;
  const auto civil = parse_civil(iso);
  if (!civil) return std::nullopt;
  MeantMoment moment{date::floor<date::days>(*civil)};
  if (with_hour) moment.hour = *civil - moment.day;
  return to_string({moment}) == text ? std::optional(moment) : std::nullopt;
}

}  // namespace

std::vector<date::local_days> meant_days(const TypedMoment& typed, DayRange range, date::local_days today) {
  std::vector<date::local_days> meant;
  for (const auto& days : typed.days) {
    const auto day = nearest(days, range, today);
    if (day && std::ranges::find(meant, *day) == meant.end()) meant.push_back(*day);
  }
  return meant;
}

std::vector<MeantMoment> meant_moments(const TypedMoment& typed, date::local_days today) {
  if (typed.exact) {
    const date::local_days day = date::floor<date::days>(*typed.exact);
    return {{day, *typed.exact - day}};
  }
  std::vector<MeantMoment> moments;
  std::vector<date::local_days> days = meant_days(typed, DayRange::future, today);
  if (days.empty()) days = meant_days(typed, DayRange::past, today);
  for (const date::local_days day : days) {
    if (typed.hours.empty()) moments.push_back({day});
    for (const std::chrono::minutes hour : typed.hours) moments.push_back({day, hour});
  }
  if (moments.size() > most_meanings) moments.clear();
  return moments;
}

bool may_be_a_slip(const TypedMoment& typed, date::local_days day, date::local_days today) {
  return typed.without_year && day - today > slip;
}

std::string to_string(const std::vector<MeantMoment>& moments) {
  std::string text;
  for (const MeantMoment& moment : moments) {
    if (!text.empty()) text += between;
    text += format_date(moment.day);
    if (moment.hour) text += ' ' + format_time(CivilTime(*moment.hour));
  }
  return text;
}

std::vector<MeantMoment> parse_moments(std::string_view text) {
  std::vector<MeantMoment> moments;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(between), rest.size());
    const auto moment = parse_moment(rest.substr(0, end));
    if (!moment) return {};
    moments.push_back(*moment);
    rest.remove_prefix(std::min(rest.size(), end + between.size()));
  }
  return to_string(moments) == text ? moments : std::vector<MeantMoment>();
}

}  // namespace passerelle
