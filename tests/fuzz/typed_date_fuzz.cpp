// libFuzzer: no text and no file of words may crash the reader of dates, and what it finds is a day that exists.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "domain/typed_moment.hpp"
#include "language/catalog.hpp"
#include "language/typed_date.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

language::TypedDates small_words() {
  language::Catalog catalog;
  const Findings findings = catalog.add_dates("fr.dates.json", R"({"language": "fr", "status": "draft", "clock": 12,
    "months": ["jan", "fev", "mars", "avril", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"],
    "persian_months": ["a", "b", "c", "d", "e", "f", "g", "i", "j", "k", "l", "m"],
    "ethiopic_months": ["oct", "nov", "dec", "jan", "fev", "mars", "avril", "mai", "juin", "juil", "aout", "sept", "pag"],
    "weekdays": ["lu", "ma", "me", "je", "ve", "sa", "di"], "numbers": ["un", "deux"],
    "words": {"today": "ce jour", "tomorrow": "demain", "coming": "ce", "next": "prochain", "last": "dernier",
              "next_week": "semaine prochaine", "in": "dans", "ago": "il y a", "days": "jours", "weeks": "semaines",
              "hours": "h", "minutes": "min", "at": "à", "of": "de", "morning": "matin", "evening": "soir", "am": "am",
              "pm": "pm", "midday": "midi", "half": "et demie", "half_past": "half past", "filler": "ok"}})");
  expect(findings.empty());
  return language::TypedDates(catalog);
}

void check(const TypedMoment& typed, date::local_days today) {
  const std::vector<MeantMoment> moments = meant_moments(typed, today);
  expect(moments.size() <= 4);
  for (const MeantMoment& moment : moments) {
    const int year = static_cast<int>(date::year_month_day(moment.day).year());
    expect(year >= 1890 && year <= 2110);
    expect(!moment.hour || (moment.hour->count() >= 0 && moment.hour->count() < 24 * 60));
  }
  expect(parse_moments(to_string(moments)) == moments);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace date;
  static const language::TypedDates dates = small_words();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const local_days today = local_days(2026_y / 12 / 1);
  DateStyle ethiopian;
  ethiopian.calendar = Calendar::ethiopic;
  ethiopian.clock = DayClock::ethiopic;
  for (const std::string_view locale : {"fr", "ti", "fa-AF"}) {
    for (const DateStyle& style : {DateStyle{}, ethiopian}) {
      if (const auto typed = dates.read(text, locale, style, today + std::chrono::hours(10))) check(*typed, today);
    }
  }
  language::Catalog others;
  for (const Finding& finding : others.add_dates("fuzz.dates.json", text)) expect(!finding.what.empty());
  language::TypedDates(others).read("15.12", "fr", {}, today + std::chrono::hours(10));
  parse_moments(text);
  return 0;
}
