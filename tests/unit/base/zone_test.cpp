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

TEST(ParseInstant, thousandths_are_cut_not_rounded) {
  const std::pair<const char*, const char*> spelt[] = {
      {"2027-03-26T08:00:59.5Z", "2027-03-26T08:00:59.500Z"},
      {"2027-03-26T08:00:00.123456789Z", "2027-03-26T08:00:00.123Z"},
      {"2026-12-31T23:30:00.0999-03:30", "2027-01-01T03:00:00.099Z"},
  };
  for (const auto& [text, instant] : spelt) {
    const auto read = parse_instant(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(format_instant(*read), instant) << text;
  }
}

TEST(ParseInstant, anything_else_is_refused) {
  for (const char* text : {"2027-03-26T24:00:00Z", "2027-03-26T08:60Z", "2027-03-26T08:00:60Z", "2027-13-01T08:00Z",
                           "2027-03-26T08:00.5Z", "2027-03-26T08:00+24:00", "2027-03-26T08:00:00.0123456789Z",
                           "2027-01-15T07:59:\xD0\xCF\xD1\xCC"
                           "00Z",
                           "2027-01-15T07:59:.Z", "", "2027-03-26", "2027-03-26 08:00", "2027-03-26T08:00",
                           "2027-02-30T08:00:00Z", "2027-03-26T08:00:00Z ", "tomorrow"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

}  // namespace
}  // namespace passerelle
