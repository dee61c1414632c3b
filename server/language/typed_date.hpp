// Reads a day and an hour that a person typed, in their language and in words of English and French, which people mix
// in.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "domain/typed_moment.hpp"
#include "language/catalog.hpp"
#include "language/typed_words.hpp"

namespace passerelle::language {

class TypedDates {
 public:
  TypedDates() = default;
  explicit TypedDates(const Catalog& catalog);  // its add_dates()

  // Nothing when the text is no day and no hour, or says something else as well: an unknown word may be a "not".
  //  - "5/10" is day and month. In fa, fa-AF and ps "5/10", with a slash, may be of the Persian calendar, too; a year
  //    tells which one it is.
  //  - A month's name that two calendars share is of the Gregorian one, but for readers of the other one it is both.
  //  - An hour up to 12 without a part of the day is read twice where people count to 12; elsewhere from 1 to 6 only,
  //    and not when it is written 02:00.
  //  - Who speaks ti, am or om, or chose the Ethiopian clock, may count from six o'clock: 2 in the morning is 8:00.
  std::optional<TypedMoment> read(std::string_view text, std::string_view locale, const DateStyle& style,
                                  CivilTime now) const;

 private:
  std::map<Locale, DateLexicon, std::less<>> lexicons_;
};

}  // namespace passerelle::language
