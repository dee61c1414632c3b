#include "domain/channel_policy.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(Money, two_decimals_are_shown_and_no_digit_is_lost) {
  EXPECT_EQ(to_string(Money{65'000, "CHF"}), "0.065 CHF");
  EXPECT_EQ(to_string(Money{130'000, "CHF"}), "0.13 CHF");
  EXPECT_EQ(to_string(Money{200'000'000, "CHF"}), "200.00 CHF");
  EXPECT_EQ(to_string(Money{1'505'000, "TND"}), "1.505 TND");
  EXPECT_EQ(to_string(Money{1, "EUR"}), "0.000001 EUR");
  EXPECT_EQ(to_string(Money{}), "0.00");
}

}  // namespace
}  // namespace passerelle
