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

std::string_view part_of(CivilTime civil) {
  const auto hour = std::chrono::floor<std::chrono::hours>(civil - date::floor<date::days>(civil)).count();
  for (const Part& part : parts) {
    if (hour >= part.from) return part.key;
  }
  return parts.back().key;
}

}  // namespace

std::string local_time(const Catalog& catalog, CivilTime civil, std::string_view locale, std::string_view site) {
  const std::string date = format_date(civil), time = format_time(civil);
  std::string plain = date + ' ' + time;
  const auto moment = catalog.sentence("time.moment", locale, site);
  if (!moment) return plain;
  // The word must be of the language that the pattern was found in.
  const auto word = catalog.sentence(part_of(civil), moment->locale->locale, site);
  if (!word) return plain;
  const auto part = assemble(*word->sentence->compiled, {}, false);
  if (!part) return plain;
  const std::array<ArgumentText, 3> arguments{{{"date", date, date}, {"time", time, time}, {"part", *part, *part}}};
  auto text = assemble(*moment->sentence->compiled, arguments, false);
  return text ? *std::move(text) : plain;
}

}  // namespace passerelle::language
