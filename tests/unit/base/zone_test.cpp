#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(ParseInstant, all_its_spellings_are_one_instant) {
  for (const char* text : {"2027-03-26T08:00:00Z", "2027-03-26T08:00:00.000Z", "2027-03-26T08:00Z",
                           "2027-03-26T09:00:00+01:00", "2027-03-26T09:00+01:00"}) {
    const auto instant = parse_instant(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(format_instant(*instant), "2027-03-26T08:00:00.000Z") << text;
  }
}

TEST(ParseInstant, anything_else_is_refused) {
  for (const char* text : {"2027-01-15T07:59:\xD0\xCF\xD1\xCC"
                           "00Z",
                           "2027-01-15T07:59:.Z", "", "2027-03-26", "2027-03-26 08:00", "2027-03-26T08:00",
                           "2027-02-30T08:00:00Z", "2027-03-26T08:00:00Z ", "tomorrow"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

}  // namespace
}  // namespace passerelle
