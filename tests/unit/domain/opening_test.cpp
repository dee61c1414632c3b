#include "domain/opening.hpp"

#include <gtest/gtest.h>

#include "domain/opening_text.hpp"

namespace passerelle {
namespace {

constexpr const char* zurich = "Europe/Zurich";

TimePoint at(std::string_view civil) { return to_instant(parse_civil(civil).value(), zurich); }

// 2027-12-24 is a Friday.
Opening opening_of(const std::string& week, const std::string& closed = "", const std::string& special = "") {
  return {parse_week(week).value(), parse_days(closed).value(), parse_special(special).value()};
}

std::string rewritten(const std::string& week) { return to_string(parse_week(week).value()); }

std::string week_error(const std::string& week) {
  const auto parsed = parse_week(week);
  return parsed ? "none" : parsed.error().what;
}

std::string special_error(const std::string& special) {
  const auto parsed = parse_special(special);
  return parsed ? "none" : parsed.error().what;
}

TEST(Opening, a_special_day_beats_the_week_and_the_holidays) {
  const Opening opening = opening_of("fri 09:00-17:00", "2027-12-24", "2027-12-24 14:00-16:00; 2027-12-31 closed");
  EXPECT_FALSE(is_open(opening, zurich, at("2027-12-24 10:00")));
  EXPECT_TRUE(is_open(opening, zurich, at("2027-12-24 14:00")));
  EXPECT_FALSE(is_open(opening, zurich, at("2027-12-31 10:00")));
  EXPECT_EQ(next_opening(opening, zurich, at("2027-12-24 16:00")), at("2028-01-07 09:00"));
}

TEST(Opening, closes_at_the_end_of_hours_that_follow_without_a_gap) {
  const Opening opening = opening_of("fri 09:00-12:00 12:00-14:00 15:00-24:00; sat 00:00-02:00");
  EXPECT_EQ(closes_at(opening, zurich, at("2027-12-24 09:00")), at("2027-12-24 14:00"));
  EXPECT_EQ(closes_at(opening, zurich, at("2027-12-24 14:00")), std::nullopt) << "closed";
  EXPECT_EQ(closes_at(opening, zurich, at("2027-12-24 23:00")), at("2027-12-25 02:00"));
  EXPECT_EQ(closes_at(opening, zurich, at("2027-12-25 01:59")), at("2027-12-25 02:00"));
}

TEST(Opening, a_night_ends_by_the_wall_clock_when_the_hour_changes) {
  const Opening opening = opening_of("sat 20:00-08:00");
  const TimePoint evening = at("2027-03-27 20:00");
  EXPECT_EQ(closes_at(opening, zurich, evening), evening + std::chrono::hours(11)) << "the shortest night";
  EXPECT_TRUE(is_open(opening, zurich, at("2027-03-28 07:59")));
  EXPECT_FALSE(is_open(opening, zurich, at("2027-03-28 08:00")));
}

TEST(Opening, what_never_closes_closes_at_no_time) {
  const Opening opening = opening_of("mon-sun 00:00-24:00");
  EXPECT_TRUE(is_open(opening, zurich, at("2027-12-24 10:00")));
  EXPECT_EQ(closes_at(opening, zurich, at("2027-12-24 10:00")), std::nullopt);
  EXPECT_EQ(closes_at(opening_of("mon-sun 00:00-24:00", "2027-12-25"), zurich, at("2027-12-24 10:00")),
            at("2027-12-25 00:00"));
}

TEST(OpeningText, comes_back_in_its_shortest_form) {
  EXPECT_EQ(rewritten("mon 8:30-11:30, 13:30-17:00; tue 08:30-11:30 13:30-17:00; sat 20:00-08:00"),
            "mon-tue 08:30-11:30 13:30-17:00; sat 20:00-08:00");
  EXPECT_EQ(rewritten("sat-mon 10:00-24:00"), "mon 10:00-24:00; sat-sun 10:00-24:00") << "over the end of the week";
  EXPECT_EQ(rewritten("mon 20:00-00:00"), "mon 20:00-24:00") << "the same midnight";
  EXPECT_EQ(rewritten(""), "");
  EXPECT_EQ(to_string(parse_special("24.12.2027 9:00-11:00; 2027-12-31 closed").value()),
            "2027-12-24 09:00-11:00; 2027-12-31 closed");
  EXPECT_EQ(to_string(parse_days("25.12.2027;2028-01-01").value()), "2027-12-25, 2028-01-01");
}

TEST(OpeningText, mistakes_are_told_with_their_remedy) {
  EXPECT_EQ(week_error("mom 08:30-11:30"), "'mom' is not a day; did you mean 'mon'?");
  EXPECT_EQ(week_error("mon-fry 08:30-11:30"), "'fry' is not a day; did you mean 'fri'?");
  EXPECT_EQ(week_error("mon 8h-10h"), "'8h-10h' are not opening hours: write 08:30-11:30");
  EXPECT_EQ(week_error("mon 11:30-08:30"), "'11:30-08:30' are not opening hours: write 08:30-11:30");
  EXPECT_EQ(week_error("mon 08:30-25:00"), "'08:30-25:00' are not opening hours: write 08:30-11:30");
  EXPECT_EQ(week_error("mon 08:30-08:30"), "'08:30-08:30' are not opening hours: write 08:30-11:30");
  EXPECT_EQ(week_error("mon"), "'mon' has no hours: write 'mon 08:30-11:30', or leave it out");
  EXPECT_EQ(week_error("mon-wed 08:30-11:30; tue 14:00-15:00"), "'tue' stands twice: write all its hours once");
  EXPECT_EQ(special_error("2027-02-30 09:00-11:00"), "'2027-02-30' is not a day: write 2027-12-24 09:00-11:00");
  EXPECT_EQ(special_error("2027-12-24"), "2027-12-24 has no hours: write them, or 'closed'");
  EXPECT_EQ(special_error("2027-12-24 closed; 24.12.2027 closed"), "24.12.2027 stands twice: write all its hours once");
  EXPECT_FALSE(parse_days("2027-12-25, soon"));
}

TEST(OpeningText, ordered_hours_are_the_same_hours) {
  const Opening mixed =
      opening_of("fri 14:00-16:00 09:00-12:00", "2027-12-31, 2027-12-24", "2027-12-24 10:00-11:00; 2027-12-26 closed");
  const Opening one = ordered(mixed);
  EXPECT_EQ(one.week[4].front(), parse_span("09:00-12:00"));
  EXPECT_EQ(to_string(one.closed), "2027-12-26, 2027-12-31");
  EXPECT_EQ(to_string(one.special), "2027-12-24 10:00-11:00");
  EXPECT_EQ(ordered(one), one);
  for (TimePoint now = at("2027-12-23 00:00"); now < at("2028-01-10 00:00"); now += std::chrono::minutes(30))
    EXPECT_EQ(is_open(one, zurich, now), is_open(mixed, zurich, now)) << format_instant(now);
}

}  // namespace
}  // namespace passerelle
