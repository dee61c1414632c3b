#include "domain/quiet_hours.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

constexpr const char* zurich = "Europe/Zurich";
constexpr const char* apia = "Pacific/Apia";

TimePoint at(std::string_view civil, std::string_view zone = zurich) {
  return to_instant(parse_civil(civil).value(), zone);
}

TEST(QuietHours, last_from_21_00_until_08_00_by_the_clock_of_the_place) {
  EXPECT_FALSE(is_quiet(at("2027-03-26 20:59"), zurich));
  EXPECT_TRUE(is_quiet(at("2027-03-26 21:00"), zurich));
  EXPECT_TRUE(is_quiet(at("2027-03-27 03:00"), zurich));
  EXPECT_TRUE(is_quiet(at("2027-03-27 07:59"), zurich));
  EXPECT_FALSE(is_quiet(at("2027-03-27 08:00"), zurich));
  EXPECT_TRUE(is_quiet(at("2027-03-27 08:00"), "America/St_Johns")) << "half past three there";
}

TEST(QuietHours, are_avoided_by_going_back_to_the_evening_on_which_they_began) {
  EXPECT_EQ(before_quiet(at("2027-03-26 22:30"), zurich), at("2027-03-26 20:00"));
  EXPECT_EQ(before_quiet(at("2027-03-27 07:59"), zurich), at("2027-03-26 20:00"));
  EXPECT_EQ(before_quiet(at("2027-03-27 09:15"), zurich), at("2027-03-27 09:15")) << "not quiet: not moved";
}

TEST(QuietHours, end_at_eight_in_the_morning) {
  EXPECT_EQ(quiet_ends(at("2027-03-26 21:00"), zurich), at("2027-03-27 08:00"));
  EXPECT_EQ(quiet_ends(at("2027-03-27 00:30"), zurich), at("2027-03-27 08:00"));
  EXPECT_EQ(quiet_ends(at("2027-03-27 08:00"), zurich), at("2027-03-27 08:00")) << "not quiet: not moved";
}

TEST(QuietHours, have_ten_or_twelve_hours_in_the_nights_of_a_change_of_the_clock) {
  const TimePoint spring = at("2027-03-27 21:00");
  const TimePoint autumn = at("2027-10-30 21:00");
  EXPECT_EQ(quiet_ends(spring, zurich) - spring, std::chrono::hours(10));
  EXPECT_EQ(quiet_ends(autumn, zurich) - autumn, std::chrono::hours(12));
  EXPECT_EQ(before_quiet(at("2027-10-31 06:00"), zurich), at("2027-10-30 20:00"));
}

TEST(QuietHours, go_on_through_a_day_that_a_zone_skips) {
  EXPECT_EQ(before_quiet(at("2011-12-31 03:00", apia), apia), at("2011-12-29 20:00", apia));
  EXPECT_EQ(quiet_ends(at("2011-12-29 22:00", apia), apia), at("2011-12-31 08:00", apia));
}

}  // namespace
}  // namespace passerelle
