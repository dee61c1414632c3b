#include "live/rate_limit.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

const TimePoint noon = from_ms(1'800'000'000'000);

TEST(RateLimit, mutes_a_sender_after_so_many_messages_in_a_minute) {
  RateLimit limit(3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take("a", noon));
  EXPECT_FALSE(limit.take("a", noon));
  EXPECT_TRUE(limit.take("b", noon)) << "another sender has a bucket of its own";
}

TEST(RateLimit, refills_with_time) {
  RateLimit limit(3);
  for (int i = 0; i < 4; ++i) limit.take("a", noon);
  EXPECT_TRUE(limit.take("a", noon + std::chrono::seconds(21)));
  EXPECT_FALSE(limit.take("a", noon + std::chrono::seconds(22)));
}

TEST(RateLimit, a_clock_set_back_neither_fills_nor_locks) {
  RateLimit limit(1);
  EXPECT_TRUE(limit.take("a", noon));
  EXPECT_FALSE(limit.take("a", noon - std::chrono::hours(1)));
  EXPECT_TRUE(limit.take("a", noon + std::chrono::minutes(1)));
}

TEST(RateLimit, zero_is_no_limit) {
  RateLimit limit(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.take("a", noon));
}

TEST(RateLimit, remembers_a_bounded_number_of_senders) {
  RateLimit limit(1, 10);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limit.take(std::to_string(i), noon));
}

}  // namespace
}  // namespace passerelle::live
