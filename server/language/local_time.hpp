// Dates and times for people: dd.mm.yyyy and HH:mm with a day-part word, digits 0-9, in every language; beside them
// what the reader counts in.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "domain/date_style.hpp"
#include "language/catalog.hpp"

namespace passerelle::language {

// A day without an hour, and an hour without a day: opening days, a water cut from 09:00.
struct Day {
  date::local_days day;

  friend bool operator==(const Day&, const Day&) = default;
};
struct Hour {
  std::chrono::minutes since_midnight{};  // less than 24 hours

  friend bool operator==(const Hour&, const Hour&) = default;
};

// "28.03.2027, 14:30 (après-midi)": the pattern is the key time.moment {date} {time} {part}, of which time.hour has the
// second half; the words are time.morning, time.noon, time.afternoon, time.evening, time.night. {date} and {time} stay
// dd.mm.yyyy and HH:mm in digits 0-9, whatever the style. Beside them, by style:
//   the day in another calendar: time.day_two {date} {other} around time.day_other {day} {month} {year};
//   the Ethiopic clock: time.part_two {part} {other};
//   native digits: what stands beside is written in them, else the day itself a second time, by time.day_two.
std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site,
                       const DateStyle& style = {});
std::string local_time(const Catalog& catalog, Day day, std::string_view locale, std::string_view site,
                       const DateStyle& style = {});
std::string local_time(const Catalog& catalog, Hour hour, std::string_view locale, std::string_view site,
                       const DateStyle& style = {});

// The calendar that is told beside the Gregorian one; Gregorian: none.
Calendar calendar_beside(const DateStyle& style, std::string_view locale);

}  // namespace passerelle::language
