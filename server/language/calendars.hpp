// The calendars that people count in beside the Gregorian one, by ICU.
#pragma once

#include <date/date.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date_style.hpp"

namespace passerelle::language {

struct CalendarDay {
  int year = 0;
  int month = 0;  // from 1; the Ethiopic calendar has 13
  int day = 0;

  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

CalendarDay in_calendar(Calendar calendar, date::local_days day);
// Nothing for a day that the calendar does not have: 30 Pagume, 30 Hut of most years.
std::optional<date::local_days> from_calendar(Calendar calendar, const CalendarDay& day);

// What ICU calls the months in running text (its standalone names of Dari are Iranian), in latin letters where it has
// no names of the language.
std::vector<std::string> icu_months(Calendar calendar, std::string_view locale);

// The text with the language's own digits in place of 0-9; the same text where it has none.
std::string with_native_digits(std::string text, std::string_view locale);

}  // namespace passerelle::language
