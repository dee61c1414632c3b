#include "language/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "language/assemble.hpp"
#include "language/calendars.hpp"
#include "language/date_words.hpp"

namespace passerelle::language {
namespace {

constexpr std::array<std::string_view, 3> persian_by_default{"fa", "fa-AF", "ps"};
constexpr std::chrono::minutes six_hours{6 * 60};
constexpr std::chrono::minutes half_day{12 * 60};

// The parts of a day, by the hour at which each begins.
struct Part {
  int from;
  std::string_view key;
};
constexpr std::array<Part, 6> parts{{{22, "time.night"},
                                     {18, "time.evening"},
                                     {14, "time.afternoon"},
                                     {12, "time.noon"},
                                     {5, "time.morning"},
                                     {0, "time.night"}}};

std::string_view part_of(Hour hour) {
  const auto begun = std::chrono::floor<std::chrono::hours>(hour.since_midnight).count();
  for (const Part& part : parts) {
    if (begun >= part.from) return part.key;
  }
  return parts.back().key;
}

class Teller {
 public:
  Teller(const Catalog& catalog, std::string_view locale, std::string_view site, const DateStyle& style)
      : catalog_(catalog), locale_(locale), site_(site), style_(style) {}

  std::string moment(CivilTime civil) const {
    const date::local_days day = date::floor<date::days>(civil);
    return with_part("time.moment", format_date(civil), &day, Hour{civil - day});
  }

  std::string hour(Hour hour) const { return with_part("time.hour", {}, nullptr, hour); }

  // In the language 'locale' or, where that has no sentence for it, without what stands beside.
  std::string day(date::local_days day, std::string_view locale) const {
    const std::string date = format_date(day);
    const std::string other = beside(day, locale);
    return other.empty() ? date : filled("time.day_two", locale, {{"date", date, date}, {"other", other, other}}, date);
  }

 private:
  // The key's sentence in that language; 'plain' where it has none: a mixture of two languages would be none.
  std::string filled(std::string_view key, std::string_view locale, const std::vector<ArgumentText>& arguments,
                     const std::string& plain) const {
    const auto found = catalog_.sentence(key, locale, site_);
    if (!found || found->locale->locale != locale) return plain;
    auto text = assemble(*found->sentence->compiled(), arguments, false);
    return text ? *std::move(text) : plain;
  }

  std::string with_part(std::string_view key, const std::string& date, const date::local_days* day, Hour hour) const {
    const std::string time = format_time(CivilTime(hour.since_midnight));
    std::string plain = date.empty() ? time : date + ' ' + time;
    const auto moment = catalog_.sentence(key, locale_, site_);
    if (!moment) return plain;
    // The words must be of the language that the pattern was found in.
    const Locale& locale = moment->locale->locale;
    const auto word = catalog_.sentence(part_of(hour), locale, site_);
    if (!word) return plain;
    auto part = assemble(*word->sentence->compiled(), {}, false);
    if (!part) return plain;
    const std::string both = with_other_clock(*std::move(part), hour, locale);
    const std::string days = day == nullptr ? date : this->day(*day, locale);
    const std::array<ArgumentText, 3> arguments{{{"date", days, days}, {"time", time, time}, {"part", both, both}}};
    auto text = assemble(*moment->sentence->compiled(), arguments, false);
    return text ? *std::move(text) : plain;
  }

  std::string with_other_clock(std::string part, Hour hour, const Locale& locale) const {
    if (style_.clock != DayClock::ethiopic) return part;
    const auto since_six = (hour.since_midnight + half_day - six_hours) % half_day;
    const auto shown = since_six < std::chrono::hours(1) ? since_six + half_day : since_six;
    const std::string other = digits(fmt::format("{}:{:02}", shown.count() / 60, shown.count() % 60), locale);
    return filled("time.part_two", locale, {{"part", part, part}, {"other", other, other}}, part);
  }

  // The day as it is counted in the reader's calendar, or in their digits; empty: as on paper alone.
  std::string beside(date::local_days day, std::string_view locale) const {
    const Calendar calendar = calendar_beside(style_, locale);
    if (calendar != Calendar::gregorian) return in_words(calendar, in_calendar(calendar, day), locale);
    const std::string date = format_date(day), native = digits(date, locale);
    return native == date ? std::string() : native;
  }

  std::string in_words(Calendar calendar, const CalendarDay& day, std::string_view locale) const {
    const std::string month = month_name(calendar, day.month, locale);
    if (month.empty()) return {};
    const std::string date = digits(std::to_string(day.day), locale), year = digits(std::to_string(day.year), locale);
    return filled("time.day_other", locale, {{"day", date, date}, {"month", month, month}, {"year", year, year}}, {});
  }

  std::string month_name(Calendar calendar, int month, std::string_view locale) const {
    const auto index = static_cast<std::size_t>(month - 1);
    const DateWords* words = catalog_.date_words(locale);
    if (words != nullptr && index < words->months_of(calendar).size()) return words->months_of(calendar)[index].front();
    const std::vector<std::string> names = icu_months(calendar, locale);
    return index < names.size() ? names[index] : std::string();
  }

  std::string digits(std::string text, std::string_view locale) const {
    return style_.digits == Digits::native ? with_native_digits(std::move(text), locale) : text;
  }

  const Catalog& catalog_;
  std::string_view locale_;
  std::string_view site_;
  const DateStyle& style_;
};

}  // namespace

Calendar calendar_beside(const DateStyle& style, std::string_view locale) {
  if (style.calendar) return *style.calendar;
  const bool persian = std::ranges::find(persian_by_default, locale) != persian_by_default.end();
  return persian ? Calendar::persian : Calendar::gregorian;
}

std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site,
                       const DateStyle& style) {
  return Teller(catalog, locale, site, style).moment(civil);
}

std::string local_time(const Catalog& catalog, Day day, std::string_view locale, std::string_view site,
                       const DateStyle& style) {
  return Teller(catalog, locale, site, style).day(day.day, locale);
}

std::string local_time(const Catalog& catalog, Hour hour, std::string_view locale, std::string_view site,
                       const DateStyle& style) {
  return Teller(catalog, locale, site, style).hour(hour);
}

}  // namespace passerelle::language
