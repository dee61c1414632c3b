#include "domain/place.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TimePoint at(std::string_view civil, std::string_view zone = "Europe/Zurich") {
  return to_instant(parse_civil(civil).value(), zone);
}

OpeningSpan span(int from_hour, int to_hour) { return {hours(from_hour), hours(to_hour)}; }

date::local_days day(int y, unsigned m, unsigned d) {
  return date::local_days(date::year{y} / date::month{m} / date::day{d});
}

// Monday to Friday 9–12 and 14–18. 2027-03-26 is a Friday.
Place office() {
  Place place;
  place.zone = "Europe/Zurich";
  for (std::size_t weekday = 0; weekday < 5; ++weekday) place.opening.week[weekday] = {span(9, 12), span(14, 18)};
  return place;
}

// Every day from 'from' to 'to', in a zone.
Place daily(const std::string& zone, OpeningSpan hours_of_day) {
  Place place;
  place.zone = zone;
  for (auto& spans : place.opening.week) spans = {hours_of_day};
  return place;
}

TEST(Place, is_open_from_the_first_minute_until_the_last) {
  EXPECT_FALSE(is_open(office(), at("2027-03-26 08:59")));
  EXPECT_TRUE(is_open(office(), at("2027-03-26 09:00")));
  EXPECT_TRUE(is_open(office(), at("2027-03-26 11:59")));
  EXPECT_FALSE(is_open(office(), at("2027-03-26 12:00")));
  EXPECT_TRUE(is_open(office(), at("2027-03-26 14:00")));
  EXPECT_FALSE(is_open(office(), at("2027-03-27 10:00"))) << "a Saturday";
}

TEST(Place, opens_next_after_lunch_tomorrow_or_on_monday) {
  EXPECT_EQ(next_opening(office(), at("2027-03-25 07:00")), at("2027-03-25 09:00"));
  EXPECT_EQ(next_opening(office(), at("2027-03-25 10:00")), at("2027-03-25 14:00"));
  EXPECT_EQ(next_opening(office(), at("2027-03-25 18:00")), at("2027-03-26 09:00"));
  EXPECT_EQ(next_opening(office(), at("2027-03-26 20:00")), at("2027-03-29 09:00")) << "over the weekend of the change";
  EXPECT_EQ(next_opening(office(), at("2027-03-25 09:00")), at("2027-03-25 14:00")) << "strictly after now";
}

TEST(Place, is_closed_on_a_holiday) {
  Place place = office();
  place.opening.closed = {day(2027, 3, 26), day(2027, 3, 29)};
  EXPECT_FALSE(is_open(place, at("2027-03-26 10:00")));
  EXPECT_EQ(next_opening(place, at("2027-03-25 18:00")), at("2027-03-30 09:00"));
}

TEST(Place, that_never_opens_has_no_next_opening) {
  Place place = office();
  place.opening = {};
  EXPECT_EQ(next_opening(place, at("2027-03-26 10:00")), std::nullopt);
}

TEST(Place, closed_for_more_than_60_days_has_no_next_opening) {
  Place place = office();
  const date::local_days first = day(2027, 3, 26);
  for (date::local_days one = first; one <= first + date::days(60); one += date::days(1))
    place.opening.closed.push_back(one);
  EXPECT_EQ(next_opening(place, at("2027-03-26 08:00")), std::nullopt);
  place.opening.closed.resize(60 - 1);
  EXPECT_EQ(next_opening(place, at("2027-03-26 08:00")), at("2027-05-24 09:00"));
}

TEST(Place, always_open_never_opens) {
  const Place place = daily("Europe/Zurich", span(0, 24));
  EXPECT_TRUE(is_open(place, at("2027-03-28 01:59")));
  EXPECT_TRUE(is_open(place, at("2027-03-28 03:00")));
  EXPECT_EQ(next_opening(place, at("2027-03-26 10:00")), std::nullopt);
}

TEST(Place, hours_that_touch_are_one_opening) {
  Place place = office();
  place.opening.week[4] = {span(12, 14), span(9, 12)};
  EXPECT_EQ(next_opening(place, at("2027-03-26 08:00")), at("2027-03-26 09:00"));
  EXPECT_EQ(next_opening(place, at("2027-03-26 10:00")), at("2027-03-29 09:00"));
}

TEST(Place, night_hours_go_on_past_midnight_even_into_a_holiday) {
  Place place = daily("Europe/Zurich", span(22, 6));
  place.opening.closed = {day(2027, 3, 27)};
  EXPECT_TRUE(is_open(place, at("2027-03-26 23:00")));
  EXPECT_TRUE(is_open(place, at("2027-03-27 05:59")));
  EXPECT_FALSE(is_open(place, at("2027-03-27 06:00")));
  EXPECT_FALSE(is_open(place, at("2027-03-27 23:00")));
  EXPECT_EQ(next_opening(place, at("2027-03-27 05:00")), at("2027-03-28 22:00"));
}

TEST(Place, keeps_its_wall_clock_hours_across_the_spring_change) {
  const Place place = daily("Europe/Zurich", span(9, 12));
  EXPECT_EQ(next_opening(place, at("2027-03-27 12:00")), at("2027-03-28 09:00"));
  EXPECT_EQ(at("2027-03-28 09:00") - at("2027-03-27 09:00"), hours(23));
  EXPECT_TRUE(is_open(place, at("2027-03-27 09:00") + hours(23)));
  EXPECT_FALSE(is_open(place, at("2027-03-27 09:00") + hours(26))) << "12:00 on the wall";
}

TEST(Place, keeps_its_wall_clock_hours_across_the_autumn_change) {
  const Place place = daily("Europe/Paris", span(9, 12));
  EXPECT_EQ(next_opening(place, at("2027-10-30 12:00", "Europe/Paris")), at("2027-10-31 09:00", "Europe/Paris"));
  EXPECT_EQ(at("2027-10-31 09:00", "Europe/Paris") - at("2027-10-30 09:00", "Europe/Paris"), hours(25));
  EXPECT_FALSE(is_open(place, at("2027-10-30 09:00", "Europe/Paris") + hours(24))) << "08:00 on the wall";
}

TEST(Place, hours_inside_the_skipped_hour_do_not_exist_that_day) {
  Place place = daily("Europe/Zurich", span(0, 0));
  for (auto& spans : place.opening.week) spans = {{hours(2) + minutes(10), hours(2) + minutes(50)}};
  EXPECT_FALSE(is_open(place, at("2027-03-28 03:00")));
  EXPECT_EQ(next_opening(place, at("2027-03-27 03:00")), at("2027-03-29 02:10"));
}

TEST(Place, the_hour_that_autumn_repeats_opens_once) {
  const Place place = daily("Europe/Zurich", span(2, 5));
  const TimePoint first = at("2027-10-31 02:00");
  EXPECT_EQ(next_opening(place, first - hours(1)), first);
  EXPECT_TRUE(is_open(place, first + hours(1))) << "02:00 again";
  EXPECT_EQ(next_opening(place, first), at("2027-11-01 02:00"));
}

TEST(Place, a_zone_without_change_and_a_day_that_is_another_one_here) {
  const Place tunis = daily("Africa/Tunis", span(8, 13));
  EXPECT_EQ(next_opening(tunis, at("2027-03-27 13:00", "Africa/Tunis")),
            at("2027-03-27 08:00", "Africa/Tunis") + hours(24));
  Place auckland = daily("Pacific/Auckland", span(9, 10));
  auckland.opening.closed = {day(2027, 6, 2)};
  EXPECT_FALSE(is_open(auckland, at("2027-06-02 09:30", "Pacific/Auckland"))) << "still the 1st in UTC";
  EXPECT_TRUE(is_open(auckland, at("2027-06-03 09:30", "Pacific/Auckland")));
}

TEST(Place, a_fact_expires_at_the_end_of_its_day_at_the_place) {
  Place place = office();
  EXPECT_FALSE(expired(place, at("2027-03-26 10:00"))) << "without a date it never does";
  place.expires = day(2027, 3, 28);
  EXPECT_FALSE(expired(place, at("2027-03-28 23:59")));
  EXPECT_TRUE(expired(place, at("2027-03-29 00:00")));
}

}  // namespace
}  // namespace passerelle
