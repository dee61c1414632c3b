#include "language/week.hpp"

#include <fmt/format.h>
#include <unicode/dtfmtsym.h>

#include <array>
#include <memory>

namespace passerelle::language {
namespace {

// Short names, Monday first, by ICU (which has them for all locales we ship).
std::array<std::string, 7> day_names(std::string_view locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::string id(locale);
  for (char& c : id) c = c == '-' ? '_' : c;
  const icu::DateFormatSymbols symbols(icu::Locale(id.c_str()), status);
  std::array<std::string, 7> names;
  if (U_FAILURE(status)) return names;
  std::int32_t count = 0;
  const icu::UnicodeString* days =
      symbols.getWeekdays(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::ABBREVIATED);
  for (std::size_t day = 0; day < 7 && count == 8; ++day) {
    days[day == 6 ? 1 : day + 2].toUTF8String(names[day]);  // ICU counts from 1, Sunday first
  }
  return names;
}

std::string clock_time(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string hours(const std::vector<OpeningSpan>& spans) {
  std::string text;
  for (const OpeningSpan& span : spans) {
    text += (text.empty() ? "" : ", ") + clock_time(span.from) + "-" + clock_time(span.to);
  }
  return text;
}

}  // namespace

std::string opening_hours(const Opening& opening, std::string_view locale) {
  const auto names = day_names(locale);
  std::string text;
  for (std::size_t day = 0; day < 7;) {
    const std::string today = hours(opening.week[day]);
    std::size_t last = day;
    while (last + 1 < 7 && hours(opening.week[last + 1]) == today) ++last;
    if (!today.empty()) {
      if (!text.empty()) text += "; ";
      text += names[day] + (last > day ? "-" + names[last] : "") + " " + today;
    }
    day = last + 1;
  }
  return text;
}

}  // namespace passerelle::language
