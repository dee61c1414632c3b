// How fast, and when not at all: the token bucket and the circuit breaker.
#include <gtest/gtest.h>

#include "outbox/circuit_breaker.hpp"
#include "outbox/token_bucket.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint start = from_ms(1'806'300'000'000);

TEST(TokenBucket, without_a_limit_everything_may_go) {
  TokenBucket bucket(0, start);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(bucket.has_one(start));
    bucket.charge(10, start);
  }
}

TEST(TokenBucket, a_minute_s_worth_may_go_at_once_and_then_one_by_one) {
  TokenBucket bucket(180, start);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(bucket.has_one(start));
    bucket.charge(1, start);
  }
  EXPECT_FALSE(bucket.has_one(start));
  EXPECT_EQ(bucket.next(start), start + seconds(20));
  EXPECT_FALSE(bucket.has_one(start + seconds(19)));
  EXPECT_TRUE(bucket.has_one(start + seconds(20)));
}

TEST(TokenBucket, a_slow_sim_has_one_at_least) {
  TokenBucket bucket(30, start);
  EXPECT_TRUE(bucket.has_one(start));
  bucket.charge(1, start);
  EXPECT_EQ(bucket.next(start), start + minutes(2));
}

TEST(TokenBucket, an_hour_of_long_messages_keeps_to_the_segments_of_an_hour) {
  TokenBucket bucket(200, start);
  std::size_t segments = 0;
  for (TimePoint now = start; now < start + hours(10); now = std::max(bucket.next(now), now + Milliseconds(1))) {
    ASSERT_TRUE(bucket.has_one(now)) << "next() kept its word";
    bucket.charge(7, now);
    segments += 7;
  }
  EXPECT_LE(segments, 2000U + 3 + 7);
  EXPECT_GE(segments, 2000U - 7);
}

TEST(TokenBucket, a_crisis_borrows_from_those_after_it) {
  TokenBucket bucket(60, start);
  bucket.charge(5, start);
  EXPECT_EQ(bucket.next(start), start + minutes(5));
  bucket.charge(1'000'000, start);
  EXPECT_LE(bucket.next(start), start + hours(1) + minutes(1)) << "nobody waits a year";
}

TEST(TokenBucket, a_clock_that_is_set_back_gives_nothing) {
  TokenBucket bucket(60, start);
  bucket.charge(1, start);
  EXPECT_FALSE(bucket.has_one(start - hours(5)));
  EXPECT_TRUE(bucket.has_one(start - hours(5) + minutes(1)));
}

TEST(CircuitBreaker, five_failures_in_a_row_open_it) {
  CircuitBreaker breaker;
  for (int i = 0; i < 4; ++i) breaker.heard(Health::ill, start);
  breaker.heard(Health::well, start);
  for (int i = 0; i < 4; ++i) breaker.heard(Health::ill, start);
  EXPECT_FALSE(breaker.is_open()) << "not in a row";
  EXPECT_EQ(breaker.room(start), CircuitBreaker::any);
  breaker.heard(Health::ill, start);
  EXPECT_TRUE(breaker.is_open());
  EXPECT_EQ(breaker.room(start), 0U);
}

TEST(CircuitBreaker, being_told_to_wait_is_neither_failure_nor_success) {
  CircuitBreaker breaker;
  for (int i = 0; i < 100; ++i) breaker.heard(Health::unclear, start);
  EXPECT_FALSE(breaker.is_open());
  for (int i = 0; i < 4; ++i) breaker.heard(Health::ill, start);
  breaker.heard(Health::unclear, start);
  breaker.heard(Health::ill, start);
  EXPECT_TRUE(breaker.is_open());
}

TEST(CircuitBreaker, an_hour_of_failures_is_tried_sixty_times_at_most) {
  CircuitBreaker breaker;
  for (int i = 0; i < 5; ++i) breaker.heard(Health::ill, start);
  int probes = 0;
  for (TimePoint now = start; now < start + hours(1); now += seconds(1)) {
    if (breaker.room(now) == 0) continue;
    ASSERT_EQ(breaker.room(now), 1U);
    breaker.begun(now);
    EXPECT_EQ(breaker.room(now), 0U) << "one at a time";
    breaker.heard(Health::ill, now);
    ++probes;
  }
  EXPECT_EQ(probes, 59);
}

TEST(CircuitBreaker, the_first_good_answer_closes_it) {
  CircuitBreaker breaker;
  for (int i = 0; i < 5; ++i) breaker.heard(Health::ill, start);
  EXPECT_EQ(breaker.next_probe(), start + minutes(1));
  breaker.begun(start + minutes(1));
  breaker.heard(Health::well, start + minutes(1));
  EXPECT_EQ(breaker.room(start + minutes(1)), CircuitBreaker::any);
  EXPECT_EQ(breaker.next_probe(), std::nullopt);
  for (int i = 0; i < 4; ++i) breaker.heard(Health::ill, start);
  EXPECT_FALSE(breaker.is_open()) << "it counts from nothing again";
}

}  // namespace
}  // namespace passerelle::outbox
