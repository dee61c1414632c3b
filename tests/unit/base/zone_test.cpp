#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(Zone, an_instant_is_read_with_seconds_or_without_and_with_an_offset) {
  const TimePoint meant = to_instant(*parse_civil("2027-03-26 09:00"), "Europe/Zurich");
  for (const char* text : {"2027-03-26T08:00:00Z", "2027-03-26T08:00:00.000Z", "2027-03-26T08:00Z",
                           "2027-03-26T09:00:00+01:00", "2027-03-26T09:00+01:00"}) {
    const auto read = parse_instant(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(*read, meant) << text;
  }
}

TEST(Zone, what_is_no_instant_is_told_with_the_shape_to_write) {
  for (const char* text : {"", "now", "2027-03-26", "2027-03-26 08:00", "2027-03-26T08:00:00", "2027-13-26T08:00:00Z",
                           "2027-03-26T08:00:00Zx"}) {
    const auto read = parse_instant(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_NE(read.error().what.find("2027-03-26T08:00:00Z"), std::string::npos);
  }
}

}  // namespace
}  // namespace passerelle
