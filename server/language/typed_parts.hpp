// What the words of a typed date say, before it is known which days they mean.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "language/typed_words.hpp"

namespace passerelle::language {

struct TypedHour {
  int hour = 0;
  int minute = 0;
  bool exact = false;                   // "02:00", "pm", "noon": not to be read otherwise
  std::optional<bool> after_noon = {};  // am, pm
};

struct TypedDay {  // "15 December", "15.12.2026"
  int day = 0;
  std::vector<NamedMonth> months;
  std::optional<int> year = {};
  bool slash = false;
  bool short_year = false;  // of two digits
};

struct TypedSpan {  // "3 days"
  int amount = 1;
  DateWord unit = DateWord::days;
};

struct TypedParts {
  std::optional<int> offset;   // days from today: tomorrow is 1
  std::optional<int> weekday;  // Monday is 0
  std::optional<TypedDay> day;
  std::optional<TypedSpan> span;
  std::optional<TypedHour> hour;
  std::optional<DateWord> part;  // morning, noon, afternoon, evening, night
  bool coming = false, next = false, last = false;
  bool next_week = false, this_week = false;
  bool in = false, ago = false;
};

// Nothing when the items do not fit together.
std::optional<TypedParts> typed_parts(const std::vector<DateItem>& items);

}  // namespace passerelle::language
