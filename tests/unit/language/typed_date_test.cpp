// Typed dates where the reader's own choice counts; the long list is tests/language/typed_dates.tsv.
#include "language/typed_date.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"

namespace passerelle::language {
namespace {

using namespace date;

const local_days today = local_days(2026_y / 12 / 1);

const TypedDates& shipped() {
  static const TypedDates dates = [] {
    Catalog catalog;
    for (const std::string locale : {"fr", "en", "ti", "am", "fa-AF"}) {
      const std::string path = std::string(SOURCE_DIR "/locales/") + locale + ".dates.json";
      EXPECT_TRUE(catalog.add_dates(path, read_file(path).value()).empty());
    }
    return TypedDates(catalog);
  }();
  return dates;
}

std::string read(const char* text, const char* locale, const DateStyle& style = {}) {
  const auto typed = shipped().read(text, locale, style, today + std::chrono::hours(10));
  return typed ? to_string(meant_moments(*typed, today)) : "-";
}

TEST(TypedDates, a_month_that_two_calendars_share_is_ambiguous_only_for_readers_of_both) {
  EXPECT_EQ(read("5 ታሕሳስ", "ti"), "05.12.2026");
  EXPECT_EQ(read("5 ታሕሳስ", "ti", {Calendar::ethiopic, {}, {}}), "05.12.2026 / 14.12.2026");
  EXPECT_EQ(read("5 ታህሳስ", "am"), "14.12.2026") << "in Amharic the name is of the Ethiopic calendar alone";
  EXPECT_EQ(read("5 ጳጉሜን", "ti"), "10.09.2027") << "and so is the thirteenth month everywhere";
}

TEST(TypedDates, an_hour_is_read_by_the_clock_that_was_chosen) {
  EXPECT_EQ(read("demain à 8h30", "fr"), "02.12.2026 08:30");
  EXPECT_EQ(read("demain à 8h30 du matin", "fr", {{}, DayClock::ethiopic, {}}), "02.12.2026 08:30");
  EXPECT_EQ(read("demain à 2h30 du matin", "fr", {{}, DayClock::ethiopic, {}}), "02.12.2026 08:30");
  EXPECT_EQ(read("ጽባሕ ሰዓት 2", "ti", {{}, DayClock::day, {}}), "02.12.2026 02:00 / 02.12.2026 14:00");
}

TEST(TypedDates, a_slash_may_be_of_the_persian_calendar_unless_that_was_chosen_away) {
  EXPECT_EQ(read("۱۵/۹", "fa-AF"), "15.09.2027 / 06.12.2026");
  EXPECT_EQ(read("۱۵/۹", "fa-AF", {Calendar::gregorian, {}, {}}), "15.09.2027");
  EXPECT_EQ(read("۱۵/۹/۱۴۰۵", "fa-AF"), "06.12.2026");
}

TEST(TypedDates, a_text_without_end_is_no_date) {
  EXPECT_EQ(read(std::string(5000, '1').c_str(), "fr"), "-");
  std::string fillers;
  for (int i = 0; i < 100; ++i) fillers += "le ";
  EXPECT_EQ(read((fillers + "15.12").c_str(), "fr"), "-");
}

TEST(TypedMoment, what_was_kept_is_read_again_and_nothing_else) {
  const std::vector<MeantMoment> moments{{today}, {today, std::chrono::minutes(14 * 60 + 5)}};
  EXPECT_EQ(to_string(moments), "01.12.2026 / 01.12.2026 14:05");
  EXPECT_EQ(parse_moments(to_string(moments)), moments);
  for (const char* text : {"", "05.12.26", "1.12.2026", "31.02.2026", "05.12.2026 ", "05.12.2026 24:00", "jeudi",
                           "05.12.2026 / ", "05.12.2026 14:05:00"})
    EXPECT_TRUE(parse_moments(text).empty()) << text;
}

}  // namespace
}  // namespace passerelle::language
