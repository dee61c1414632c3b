#include "language/local_time.hpp"

#include <array>

#include "language/assemble.hpp"

namespace passerelle::language {
namespace {

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

// The day and the hour of a pattern with {date}, {time} and {part}; 'plain' where the words are missing.
std::string tell(const Catalog& catalog, std::string_view key, const std::string& date, Hour hour,
                 std::string_view locale, std::string_view site) {
  const std::string time = format_time(CivilTime(hour.since_midnight));
  std::string plain = date.empty() ? time : date + ' ' + time;
  const auto moment = catalog.sentence(key, locale, site);
  if (!moment) return plain;
  // The word must be of the language that the pattern was found in.
  const auto word = catalog.sentence(part_of(hour), moment->locale->locale, site);
  if (!word) return plain;
  const auto part = assemble(*word->sentence->compiled, {}, false);
  if (!part) return plain;
  const std::array<ArgumentText, 3> arguments{{{"date", date, date}, {"time", time, time}, {"part", *part, *part}}};
  auto text = assemble(*moment->sentence->compiled, arguments, false);
  return text ? *std::move(text) : plain;
}

}  // namespace

std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site) {
  const Hour hour{civil - date::floor<date::days>(civil)};
  return tell(catalog, "time.moment", format_date(civil), hour, locale, site);
}

std::string local_time(const Catalog&, Day day, std::string_view, std::string_view) { return format_date(day.day); }

std::string local_time(const Catalog& catalog, Hour hour, std::string_view locale, std::string_view site) {
  return tell(catalog, "time.hour", {}, hour, locale, site);
}

}  // namespace passerelle::language
