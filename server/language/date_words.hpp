// Reads one locales/<language>.dates.json: how its speakers write days, months and hours. The first spelling of a month
// is the one that we write; all of them are understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/address.hpp"
#include "domain/date_style.hpp"

namespace passerelle::language {

using Spellings = std::vector<std::string>;

// What a word of a typed date does; the names in the files are those of 'date_word_names'.
enum class DateWord {
  today,
  tomorrow,
  day_after_tomorrow,
  yesterday,
  day_before_yesterday,
  coming,  // the next one of its kind from today: "this Thursday"
  next,    // "next Thursday", which may be the one after that
  last,    // "last Thursday"
  next_week,
  this_week,
  in,  // "in 3 days", or behind the days
  ago,
  days,
  weeks,
  hours,  // "2 hours", "14 h"
  minutes,
  at,  // what follows is an hour
  of,  // between a day and its month; an ordinal's ending
  morning,
  noon,
  afternoon,
  evening,
  night,
  am,
  pm,
  midday,     // 12:00
  midnight,   // 00:00
  half,       // "9 and a half"
  half_past,  // "half past 9"
  filler,     // says nothing: "rather", "I can", "please"
};
const std::vector<std::string>& date_word_names();

struct DateWords {
  Locale locale;
  bool draft = true;
  bool twelve_hours = false;               // its speakers say 2 for 14:00
  std::vector<Spellings> months;           // of the Gregorian calendar; 12, or none
  std::vector<Spellings> persian_months;   // 12, or none
  std::vector<Spellings> ethiopic_months;  // 13, or none
  std::vector<Spellings> weekdays;         // 7, Monday first, or none
  std::vector<Spellings> numbers;          // one to twelve, or fewer
  std::vector<Spellings> words;            // by DateWord

  const std::vector<Spellings>& months_of(Calendar calendar) const;
};

// {"language": "fr", "status": "draft", "clock": 24, "months": ["janvier|janv", …], "weekdays": ["lundi|lun", …],
//  "persian_months": […], "ethiopic_months": […], "numbers": ["un|une", …], "words": {"tomorrow": "demain", …}}
DateWords parse_date_words(const std::string& file, const std::string& json, Findings& findings);

}  // namespace passerelle::language
