// How a person wants dates to be told, as staff recorded it. dd.mm.yyyy and HH:mm in digits 0-9 are always told,
// because they must match paper; this says what stands beside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle {

enum class Calendar { gregorian, persian, ethiopic };
enum class DayClock { day, ethiopic };  // from midnight, or in six hours' distance from it: 14:30 is 8:30
enum class Digits { latin, native };    // 0-9, or those of the language

// What is not chosen is as usual: the Persian calendar beside for fa, fa-AF and ps, nothing beside for all others, the
// day's clock, digits 0-9. The Ethiopic calendar and clock are never told to whoever did not choose them.
struct DateStyle {
  std::optional<Calendar> calendar;
  std::optional<DayClock> clock;
  std::optional<Digits> digits;

  friend bool operator==(const DateStyle&, const DateStyle&) = default;
};

std::string_view to_string(Calendar calendar);  // gregorian, persian, ethiopic
std::string_view to_string(DayClock clock);     // day, ethiopic
std::string_view to_string(Digits digits);      // latin, native

// "calendar=ethiopic clock=ethiopic digits=native"; what is not chosen is left out.
std::string to_string(const DateStyle& style);
// Nothing for a text with another word in it; "usual" chooses nothing.
std::optional<DateStyle> parse_date_style(std::string_view text);

}  // namespace passerelle
