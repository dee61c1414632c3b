// What a wall clock shows in a zone, by the C library: a second opinion, since the server reads zones by other code.
#pragma once

#include <time.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/zone.hpp"

namespace passerelle::casework {

// One at a time: the C library's zone belongs to the whole process.
class WallClock {
 public:
  explicit WallClock(const std::string& zone) {
    setenv("TZ", zone.c_str(), 1);
    tzset();
  }

  date::local_seconds at(TimePoint time) const {
    const tm shown = broken_down(time);
    const date::year_month_day day{date::year{shown.tm_year + 1900},
                                   date::month{static_cast<unsigned>(shown.tm_mon + 1)},
                                   date::day{static_cast<unsigned>(shown.tm_mday)}};
    return date::local_days(day) + std::chrono::hours(shown.tm_hour) + std::chrono::minutes(shown.tm_min) +
           std::chrono::seconds(shown.tm_sec);
  }

  bool quiet(TimePoint time) const {
    const int hour = broken_down(time).tm_hour;
    return hour >= 21 || hour < 8;
  }

  // Whether 'time' is the first instant at which the clock shows 'wanted' or, where it never does, something later.
  bool first_shows(TimePoint time, CivilTime wanted) const {
    const bool begins = at(time - std::chrono::seconds(1)) < wanted && wanted <= at(time);
    return begins && at(time - std::chrono::minutes(30)) != wanted && at(time - std::chrono::hours(1)) != wanted;
  }

  // The civil times just before the clock is put forward or back.
  std::vector<CivilTime> changes(TimePoint from, TimePoint to) const {
    std::vector<CivilTime> found;
    for (TimePoint time = from; time < to; time += std::chrono::hours(1)) {
      if (broken_down(time).tm_gmtoff != broken_down(time + std::chrono::hours(1)).tm_gmtoff) {
        found.push_back(date::floor<std::chrono::minutes>(at(time)));
      }
    }
    return found;
  }

 private:
  static tm broken_down(TimePoint time) {
    const time_t seconds = date::floor<std::chrono::seconds>(time).time_since_epoch().count();
    tm shown{};
    localtime_r(&seconds, &shown);
    return shown;
  }
};

}  // namespace passerelle::casework
