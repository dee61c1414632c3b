// Dates and times for people: dd.mm.yyyy and HH:mm with a day-part word, digits 0-9, in every language.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/zone.hpp"
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

// "28.03.2027, 14:30 (après-midi)"; the pattern is the key time.moment {date} {time} {part}, the words time.morning,
// time.noon, time.afternoon, time.evening, time.night.
std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site);
std::string local_time(const Catalog& catalog, Day day, std::string_view locale,
                       std::string_view site);  // "28.03.2027"
// "14:30 (après-midi)"; the pattern is the key time.hour {time} {part}.
std::string local_time(const Catalog& catalog, Hour hour, std::string_view locale, std::string_view site);

}  // namespace passerelle::language
