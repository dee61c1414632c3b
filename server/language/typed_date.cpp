#include "language/typed_date.hpp"

#include <algorithm>
#include <array>

#include "language/calendars.hpp"
#include "language/local_time.hpp"
#include "language/typed_parts.hpp"

namespace passerelle::language {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Days = std::vector<date::local_days>;

constexpr std::array<std::string_view, 3> ethiopian_clock{"ti", "am", "om"};
constexpr int most_years_ahead = 50;
constexpr int first_year = 1900, last_year = 2100;
constexpr int saturday = 5;
constexpr date::days half_a_year{183};
constexpr int most_days = 3700, most_minutes = 10 * 24 * 60;

// Where people count from six o'clock the parts tell their hours apart; elsewhere "3 in the evening" is said of 15:00.
bool in_part(minutes time, DateWord part, bool six_hours) {
  const auto hour = std::chrono::floor<std::chrono::hours>(time).count();
  switch (part) {
    case DateWord::morning: return hour < 12 && (!six_hours || hour >= 4);
    case DateWord::noon: return hour >= 11 && hour < 15;
    case DateWord::afternoon: return hour >= 12 && hour < 19;
    case DateWord::evening: return hour >= (six_hours ? 16 : 12);
    case DateWord::night: return hour >= 18 || hour < 6;
    default: return true;
  }
}

std::string_view part_name(DateWord part) { return date_word_names()[static_cast<std::size_t>(part)]; }

// What the parts mean on the day 'now', for this reader.
class Meaning {
 public:
  Meaning(const TypedParts& parts, std::string_view locale, const DateStyle& style, bool twelve_hours, CivilTime now)
      : parts_(parts),
        beside_(calendar_beside(style, locale)),
        twelve_hours_(twelve_hours),
        now_(now),
        today_(date::floor<date::days>(now)) {
    const bool speaks = std::ranges::find(ethiopian_clock, locale) != ethiopian_clock.end();
    six_hours_ = style.clock ? *style.clock == DayClock::ethiopic : speaks;
  }

  std::optional<TypedMoment> find() {
    if (parts_.span && (parts_.span->unit == DateWord::hours || parts_.span->unit == DateWord::minutes)) return exact();
    if (!read_hours() || !read_days()) return std::nullopt;
    const bool says = !typed_.days.empty() || !typed_.hours.empty() || parts_.next_week;
    if (!says) return std::nullopt;
    if (parts_.part && typed_.hours.empty()) typed_.part = part_name(*parts_.part);
    return std::move(typed_);
  }

 private:
  std::optional<TypedMoment> exact() {
    const minutes unit = parts_.span->unit == DateWord::hours ? minutes(60) : minutes(1);
    const minutes distance = parts_.span->amount * unit;
    if (parts_.offset || parts_.weekday || parts_.day || parts_.hour || distance > minutes(most_minutes))
      return std::nullopt;
    typed_.exact = parts_.ago ? now_ - distance : now_ + distance;
    return std::move(typed_);
  }

  // --- hours ---

  bool read_hours() {
    if (!parts_.hour) return true;
    for (const int hour : possible_hours(*parts_.hour)) {
      const minutes time = hours(hour) + minutes(parts_.hour->minute);
      const bool fits = !parts_.part || in_part(time, *parts_.part, six_hours_);
      if (fits && std::ranges::find(typed_.hours, time) == typed_.hours.end()) typed_.hours.push_back(time);
    }
    std::ranges::sort(typed_.hours);
    return !typed_.hours.empty();
  }

  std::vector<int> possible_hours(const TypedHour& typed) const {
    const int morning = typed.hour % 12;
    if (typed.after_noon) return {*typed.after_noon ? morning + 12 : morning};
    if (typed.hour > 12 || typed.hour == 0) return {typed.hour};
    if (six_hours_ && (!typed.exact || parts_.part)) return {morning, morning + 6, morning + 12, (morning + 18) % 24};
    if (six_hours_ && typed.hour == 12) return {12};  // the word for noon
    if (six_hours_) return {morning, morning + 6, morning + 12, (morning + 18) % 24};
    if (parts_.part) return {morning, morning + 12};
    if (typed.exact || typed.hour == 12) return {typed.hour};
    return twelve_hours_ || typed.hour <= 6 ? std::vector<int>{morning, morning + 12} : std::vector<int>{typed.hour};
  }

  // --- days ---

  bool read_days() {
    std::vector<std::vector<Days>> said;  // each says the day by itself
    if (parts_.offset) said.push_back({{today_ + date::days(*parts_.offset)}});
    if (parts_.span) {
      const int each = parts_.span->unit == DateWord::weeks ? 7 : 1;
      const int distance = parts_.span->amount * each;
      if (distance > most_days) return false;
      said.push_back({{today_ + date::days(parts_.ago ? -distance : distance)}});
    }
    if (parts_.day) said.push_back(by_date(*parts_.day));
    if (parts_.weekday) said.push_back(by_weekday(*parts_.weekday));
    const bool this_part = said.empty() && parts_.coming && parts_.part;  // "this evening"
    if (this_part) said.push_back({{today_}});
    if (said.empty()) return !parts_.last && !parts_.coming && !parts_.next;
    if (std::ranges::any_of(said, [](const auto& readings) { return readings.empty(); })) return false;
    typed_.days = said.size() == 1 ? said.front() : agreed(said);
    return true;
  }

  // "Thursday 15 December": the days that all name or, where they contradict each other, those of each.
  std::vector<Days> agreed(const std::vector<std::vector<Days>>& said) const {
    std::vector<Days> common;
    for (const Days& reading : said.front()) {
      Days days;
      for (const date::local_days day : reading) {
        const auto names = [day](const std::vector<Days>& readings) {
          return std::ranges::any_of(readings, [day](const Days& days) {
            const bool weekly = days.size() == 2 && days.back() - days.front() <= date::days(14);
            const bool same = weekly && (day - days.front()).count() % 7 == 0;
            return same || std::ranges::find(days, day) != days.end();
          });
        };
        const bool is_long_ago = day < today_ - half_a_year;  // nobody names a weekday of last year
        if (!is_long_ago && std::ranges::all_of(said.begin() + 1, said.end(), names)) days.push_back(day);
      }
      if (!days.empty()) common.push_back(std::move(days));
    }
    if (!common.empty()) return common;
    for (const auto& readings : said) common.insert(common.end(), readings.begin(), readings.end());
    return common;
  }

  std::vector<Days> by_weekday(int weekday) const {
    const int now = static_cast<int>(date::weekday(today_).iso_encoding()) - 1;
    const int ahead = (weekday - now + 7) % 7;
    const auto in = [this](int days) { return today_ + date::days(days); };
    if (parts_.last) return {{in(ahead - 7)}};
    if (parts_.this_week) return {{in(weekday - now)}};
    if (parts_.next_week) {
      // Weeks begin on Saturday or on Sunday elsewhere.
      std::vector<Days> days{{in(weekday - now + 7)}};
      if (weekday >= saturday && weekday > now) days.push_back({in(weekday - now)});
      return days;
    }
    if (parts_.next) {
      if (ahead == 0) return {{in(7)}};
      if (weekday > now) return {{in(ahead)}, {in(ahead + 7)}};
      return {{in(ahead)}};
    }
    if (ahead == 0)
      return parts_.coming ? std::vector<Days>{{in(0)}, {in(7)}} : std::vector<Days>{{in(0)}, {in(-7), in(7)}};
    return parts_.coming ? std::vector<Days>{{in(ahead)}} : std::vector<Days>{{in(ahead - 7), in(ahead)}};
  }

  std::vector<Days> by_date(const TypedDay& typed) {
    typed_.without_year = !typed.year;
    std::vector<Days> readings;
    for (const NamedMonth& month : months_of(typed)) {
      Days days = in_years(month, typed);
      if (!days.empty() && std::ranges::find(readings, days) == readings.end()) readings.push_back(std::move(days));
    }
    return readings;
  }

  // A number of a month is Gregorian as on paper, or of the reader's calendar where a slash or the year says so. Of a
  // name that two calendars share the Gregorian one is meant, unless the reader has chosen the other.
  std::vector<NamedMonth> months_of(const TypedDay& typed) const {
    const NamedMonth& first = typed.months.front();
    const bool numeric = typed.months.size() == 1 && first.calendar == Calendar::gregorian;
    if (numeric && beside_ == Calendar::persian) {
      const NamedMonth persian{Calendar::persian, first.month};
      if (typed.year && *typed.year < first_year) return {persian};
      if (!typed.year && typed.slash) return {first, persian};
    }
    if (typed.months.size() == 1) return typed.months;
    std::vector<NamedMonth> kept;
    for (const NamedMonth& month : typed.months) {
      if (month.calendar == Calendar::gregorian || month.calendar == beside_) kept.push_back(month);
    }
    return kept;
  }

  Days in_years(const NamedMonth& month, const TypedDay& typed) const {
    const int now = in_calendar(month.calendar, today_).year;
    const bool last_century = typed.short_year && typed.year.value_or(0) - now > most_years_ahead;
    Days days;
    for (const int year : typed.year ? std::vector<int>{last_century ? *typed.year - 100 : *typed.year}
                                     : std::vector<int>{now - 1, now, now + 1}) {
      const auto day = from_calendar(month.calendar, {year, month.month, typed.day});
      if (!day) continue;
      const int gregorian = static_cast<int>(date::year_month_day(*day).year());
      if (gregorian >= first_year && gregorian <= last_year) days.push_back(*day);
    }
    return days;
  }

  const TypedParts& parts_;
  Calendar beside_;
  bool twelve_hours_;
  bool six_hours_ = false;
  CivilTime now_;
  date::local_days today_;
  TypedMoment typed_;
};

}  // namespace

TypedDates::TypedDates(const Catalog& catalog) {
  for (const DateWords* words : catalog.all_date_words()) lexicons_.emplace(words->locale, DateLexicon(*words));
}

std::optional<TypedMoment> TypedDates::read(std::string_view text, std::string_view locale, const DateStyle& style,
                                            CivilTime now) const {
  std::vector<const DateLexicon*> lexicons;
  for (const std::string_view name : {locale, std::string_view("en"), std::string_view("fr")}) {
    const auto found = lexicons_.find(name);
    if (found != lexicons_.end() && std::ranges::find(lexicons, &found->second) == lexicons.end())
      lexicons.push_back(&found->second);
  }
  const auto items = date_items(text, lexicons);
  if (!items) return std::nullopt;
  const auto parts = typed_parts(*items);
  if (!parts) return std::nullopt;
  const bool twelve_hours = !lexicons.empty() && lexicons.front()->twelve_hours();
  return Meaning(*parts, locale, style, twelve_hours, now).find();
}

}  // namespace passerelle::language
