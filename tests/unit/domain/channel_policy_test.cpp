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

TEST(Price, the_longest_prefix_wins_and_all_others_pay_the_usual_price) {
  const Money usual{65'000, "CHF"}, tunisia{98'000, "CHF"}, network{100'000, "CHF"};
  const ChannelPolicy policy{
      .price = usual, .monthly_cap = {}, .price_for = {{"+2165", network}, {"+216", tunisia}, {"+21", usual}}};
  EXPECT_EQ(price_to(policy, "+21651234567"), network);
  EXPECT_EQ(price_to(policy, "+21671234567"), tunisia);
  EXPECT_EQ(price_to(policy, "+41790000001"), usual);
  EXPECT_EQ(price_to(policy, "216"), usual) << "a short code";
}

}  // namespace
}  // namespace passerelle
