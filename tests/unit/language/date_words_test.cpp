// The files of date words: what is wrong with one is told with its place, and those that we ship are sound.
#include "language/date_words.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.hpp"
#include "language/calendars.hpp"
#include "language/catalog.hpp"
#include "language/local_time.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

std::string told(const std::string& json) {
  Findings findings;
  parse_date_words("x.dates.json", json, findings);
  std::string all;
  for (const Finding& finding : findings) all += to_string(finding) + "\n";
  return all;
}

TEST(DateWords, what_is_wrong_is_told_with_its_place_and_a_remedy) {
  EXPECT_EQ(told("{\"language\": \"fr\",\n  nonsense").substr(0, 35), "x.dates.json:2:3: this is not JSON:");
  EXPECT_EQ(told(R"({"language": "fr", "status": "draft", "mnths": []})"),
            "x.dates.json:1:39: there is no field 'mnths' here; did you mean 'months'?\n");
  EXPECT_EQ(
      told(R"({"language": "prs", "status": "draft"})"),
      "x.dates.json:1:14: there is no language 'prs'; write 'fa-AF', the nearest language that ICU has data for\n");
  EXPECT_EQ(
      told(R"({"language": "fr", "status": "draft", "months": ["janvier"]})"),
      "x.dates.json:1:49: 'months' is not a list of 12; write all of them, in their order; Monday is the first day\n");
  EXPECT_EQ(told("{\"language\": \"fr\", \"status\": \"draft\",\n \"words\": {\"tomorow\": \"demain\"}}"),
            "x.dates.json:2:12: there is no word 'tomorow' here; did you mean 'tomorrow'?\n");
  EXPECT_EQ(told(R"({"language": "fr", "status": "draft", "words": {"today": "ce jour|"}})"),
            "x.dates.json:1:58: a word is missing here; write the spellings as a text, with one | between two\n");
  EXPECT_EQ(told(R"({"language": "fr", "status": "draft", "words": {"today": "ce jour", "days": "Ce Jour"}})"),
            "x.dates.json:1:77: 'Ce Jour' means 'today' already; take it out of one of the two\n");
  EXPECT_EQ(
      told(R"({"language": "fr", "status": "fine", "clock": 13})"),
      "x.dates.json:1:30: the status 'fine' is neither draft nor reviewed; write \"draft\", or \"reviewed\" with by "
      "whom and when\nx.dates.json:1:47: 'clock' is 12 or 24; write 12 where people say 2 for 14:00\n");
}

Catalog shipped() {
  Catalog catalog;
  for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/locales")) {
    const std::string path = entry.path().string();
    if (!path.ends_with(".dates.json")) continue;
    for (const Finding& finding : catalog.add_dates(path, read_file(path).value())) ADD_FAILURE() << to_string(finding);
  }
  return catalog;
}

TEST(DateWords, the_ten_first_languages_have_all_their_days_and_months) {
  const Catalog catalog = shipped();
  for (const char* locale : {"fr", "en", "ar", "ti", "fa-AF", "ps", "tr", "ku", "uk", "so"}) {
    const DateWords* words = catalog.date_words(locale);
    ASSERT_NE(words, nullptr) << locale;
    EXPECT_EQ(words->months.size(), 12U) << locale;
    EXPECT_EQ(words->weekdays.size(), 7U) << locale;
    EXPECT_TRUE(words->draft) << locale << ": has a native speaker read it?";
    for (const DateWord word : {DateWord::today, DateWord::tomorrow, DateWord::day_after_tomorrow, DateWord::yesterday,
                                DateWord::next_week, DateWord::in, DateWord::days, DateWord::weeks, DateWord::hours,
                                DateWord::morning, DateWord::afternoon, DateWord::evening})
      EXPECT_FALSE(words->words[static_cast<std::size_t>(word)].empty()) << locale << ' ' << static_cast<int>(word);
  }
}

// ICU has these months right, but for letters of one sound; where ours differ, one of the two is misspelt.
TEST(DateWords, the_months_that_icu_knows_are_written_as_it_writes_them) {
  const Catalog catalog = shipped();
  const auto same = [&catalog](const char* locale, Calendar calendar) {
    const auto& ours = catalog.date_words(locale)->months_of(calendar);
    const auto icu = icu_months(calendar, locale);
    ASSERT_GE(icu.size(), ours.size()) << locale;
    for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(fold(ours[i].front()), fold(icu[i])) << locale;
  };
  same("fa", Calendar::persian);
  same("fa-AF", Calendar::persian);
  same("ps", Calendar::persian);
  same("am", Calendar::ethiopic);
}

TEST(DateWords, oromo_has_its_own_thirteen_months_once_an_association_writes_in_it) {
  using namespace date;
  Catalog catalog = shipped();
  const Findings findings = catalog.add("om.json", R"j({"locale.name": {"defaultMessage": "Oromoo"},
    "locale.status": {"defaultMessage": "draft"}, "time.moment": {"defaultMessage": "{date}, {time} ({part})"},
    "time.morning": {"defaultMessage": "ganama"}, "time.day_two": {"defaultMessage": "{date} ({other})"},
    "time.day_other": {"defaultMessage": "{day} {month} {year}"}})j");
  ASSERT_TRUE(findings.empty()) << to_string(findings.front());
  DateStyle style;
  const CivilTime moment = local_days(2027_y / 9 / 7) + std::chrono::hours(9);
  EXPECT_EQ(local_time(catalog, moment, "om", "fr", style), "07.09.2027, 09:00 (ganama)");
  style.calendar = Calendar::ethiopic;
  EXPECT_EQ(local_time(catalog, moment, "om", "fr", style), "07.09.2027 (2 Qaammee 2019), 09:00 (ganama)");
}

TEST(Calendars, a_day_that_the_calendar_does_not_have_is_none) {
  using namespace date;
  EXPECT_EQ(from_calendar(Calendar::persian, {1406, 1, 8}), local_days(2027_y / 3 / 28));
  EXPECT_EQ(from_calendar(Calendar::ethiopic, {2018, 13, 6}), std::nullopt)
      << "only the year before a leap year has it";
  EXPECT_EQ(from_calendar(Calendar::ethiopic, {2015, 13, 6}), local_days(2023_y / 9 / 11));
  EXPECT_EQ(from_calendar(Calendar::persian, {1406, 12, 30}), std::nullopt);
  EXPECT_EQ(from_calendar(Calendar::persian, {1403, 12, 30}), local_days(2025_y / 3 / 20));
  EXPECT_EQ(from_calendar(Calendar::gregorian, {2027, 2, 29}), std::nullopt);
  EXPECT_EQ(from_calendar(Calendar::gregorian, {1969, 12, 31}), local_days(1969_y / 12 / 31));
}

}  // namespace
}  // namespace passerelle::language
