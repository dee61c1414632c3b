#include "language/calendars.hpp"

#include <unicode/calendar.h>
#include <unicode/dtfmtsym.h>
#include <unicode/numsys.h>

#include <memory>
#include <stdexcept>

#include "language/locale_name.hpp"

namespace passerelle::language {
namespace {

constexpr double day_length = 86'400'000;  // ms, as ICU counts

std::unique_ptr<icu::Calendar> calendar_of(Calendar calendar) {
  const std::string id = "@calendar=" + std::string(to_string(calendar));
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Calendar> found(
      icu::Calendar::createInstance(*icu::TimeZone::getGMT(), icu::Locale(id.c_str()), status));
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no calendar: ") + u_errorName(status));
  return found;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

}  // namespace

CalendarDay in_calendar(Calendar calendar, date::local_days day) {
  const auto counting = calendar_of(calendar);
  UErrorCode status = U_ZERO_ERROR;
  counting->setTime(static_cast<double>(day.time_since_epoch().count()) * day_length, status);
  const CalendarDay found{counting->get(UCAL_YEAR, status), counting->get(UCAL_MONTH, status) + 1,
                          counting->get(UCAL_DATE, status)};
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU counts no day: ") + u_errorName(status));
  return found;
}

std::optional<date::local_days> from_calendar(Calendar calendar, const CalendarDay& day) {
  const auto counting = calendar_of(calendar);
  UErrorCode status = U_ZERO_ERROR;
  counting->clear();
  counting->setLenient(false);
  counting->set(day.year, day.month - 1, day.day);
  const double time = counting->getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  const date::local_days found{date::days(static_cast<int>(time / day_length) - (time < 0 ? 1 : 0))};
  for (const int shift : {0, 1}) {  // the division cuts towards zero
    const date::local_days candidate = found + date::days(shift);
    if (in_calendar(calendar, candidate) == day) return candidate;
  }
  return std::nullopt;
}

std::vector<std::string> icu_months(Calendar calendar, std::string_view locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(icu::Locale(icu_locale(locale).c_str()), to_string(calendar).data(), status);
  std::vector<std::string> names;
  if (U_FAILURE(status)) return names;
  std::int32_t count = 0;
  const icu::UnicodeString* const months =
      symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
  for (std::int32_t i = 0; i < count; ++i) names.push_back(utf8(months[i]));
  return names;
}

std::string with_native_digits(std::string text, std::string_view locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::NumberingSystem> numbering(
      icu::NumberingSystem::createInstance(icu::Locale(icu_locale(locale).c_str()), status));
  if (U_FAILURE(status) || numbering->isAlgorithmic()) return text;
  const icu::UnicodeString digits = numbering->getDescription();
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && digits.countChar32() == 10)
      out += utf8(icu::UnicodeString(digits.char32At(digits.moveIndex32(0, c - '0'))));
    else
      out += c;
  }
  return out;
}

}  // namespace passerelle::language
