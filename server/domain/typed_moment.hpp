// A day and an hour that a person typed, with everything that they may mean: nothing of it is guessed.
#pragma once

#include <date/date.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"

namespace passerelle {

enum class DayRange { any, future, past };  // today is in all of them

struct TypedMoment {
  // The ways to read the day, each with the days on which it falls, in their order: "15.12" is read in one way and
  // falls on a day of last year, this year and the next; "Thursday", on a Thursday, is read as today or as the ones
  // around. None: no day was said, or one that only the person can tell ("next week").
  std::vector<std::vector<date::local_days>> days;
  std::vector<std::chrono::minutes> hours;  // the ways to read the hour, since midnight; none: no hour was said
  std::optional<CivilTime> exact = {};      // "in 2 hours"
  bool without_year = false;                // "15.12"
  std::string part = {};                    // "morning": of the day, where no hour was said
};

// One of its meanings.
struct MeantMoment {
  date::local_days day;
  std::optional<std::chrono::minutes> hour = {};

  friend bool operator==(const MeantMoment&, const MeantMoment&) = default;
};

// The days that are meant where one of this range is asked for: of each way to read it the nearest to today.
std::vector<date::local_days> meant_days(const TypedMoment& typed, DayRange range, date::local_days today);

// Every meaning as a moment to come or, where there is none, one that has passed. More than one: it must be asked back.
// None: too little was said, or so much that nobody could choose.
std::vector<MeantMoment> meant_moments(const TypedMoment& typed, date::local_days today);

// A day of the year to come that may as well have been a slip for one that has just passed.
bool may_be_a_slip(const TypedMoment& typed, date::local_days day, date::local_days today);

// "28.03.2027 14:30", "28.03.2027"; of several with " / " in between.
std::string to_string(const std::vector<MeantMoment>& moments);
std::vector<MeantMoment> parse_moments(std::string_view text);  // what to_string wrote; empty for anything else

}  // namespace passerelle
