#include "domain/quiet_hours.hpp"

namespace passerelle {
namespace {

constexpr std::chrono::hours quiet_from{21};
constexpr std::chrono::hours quiet_to{8};
constexpr std::chrono::hours evening_before{20};

struct WallClock {
  date::local_days day;
  std::chrono::minutes time;  // since midnight
};

WallClock wall_clock(TimePoint time, std::string_view zone) {
  const CivilTime civil = to_civil(time, zone);
  const date::local_days day = date::floor<date::days>(civil);
  return {day, civil - day};
}

bool is_quiet(const WallClock& clock) { return clock.time >= quiet_from || clock.time < quiet_to; }

}  // namespace

bool is_quiet(TimePoint time, std::string_view zone) { return is_quiet(wall_clock(time, zone)); }

TimePoint before_quiet(TimePoint time, std::string_view zone) {
  const WallClock clock = wall_clock(time, zone);
  if (!is_quiet(clock)) return time;
  date::local_days evening = clock.time >= quiet_from ? clock.day : clock.day - date::days(1);
  TimePoint found = to_instant(evening + evening_before, zone);
  // A zone that changes sides of the date line skips a whole day, and its evening with it (Apia, 30.12.2011): these
  // quiet hours began the evening before that.
  while (is_quiet(found, zone)) {
    evening -= date::days(1);
    found = to_instant(evening + evening_before, zone);
  }
  return found;
}

TimePoint quiet_ends(TimePoint time, std::string_view zone) {
  const WallClock clock = wall_clock(time, zone);
  if (!is_quiet(clock)) return time;
  date::local_days morning = clock.time >= quiet_from ? clock.day + date::days(1) : clock.day;
  TimePoint found = to_instant(morning + quiet_to, zone);
  while (is_quiet(found, zone)) {  // the skipped day again
    morning += date::days(1);
    found = to_instant(morning + quiet_to, zone);
  }
  return found;
}

}  // namespace passerelle
