#include "live/breaker.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

class BreakerTest : public ::testing::Test {
 protected:
  // Fails as soon as it may, so many times; how long each pause was.
  std::vector<Breaker::Milliseconds> pauses(int failures, double chance) {
    std::vector<Breaker::Milliseconds> found;
    for (int i = 0; i < failures; ++i) {
      EXPECT_TRUE(breaker_.probe(now_));
      breaker_.failed(now_, chance);
      found.push_back(std::chrono::duration_cast<Breaker::Milliseconds>(breaker_.probe_at() - now_));
      now_ = breaker_.probe_at();
    }
    return found;
  }

  Breaker breaker_;
  Breaker::Instant now_{1h};
};

TEST_F(BreakerTest, tries_at_once_at_the_start) {
  EXPECT_EQ(breaker_.state(), Breaker::State::open);
  EXPECT_TRUE(breaker_.probe(now_));
}

TEST_F(BreakerTest, lets_one_probe_at_a_time) {
  EXPECT_TRUE(breaker_.probe(now_));
  EXPECT_EQ(breaker_.state(), Breaker::State::half_open);
  EXPECT_FALSE(breaker_.probe(now_ + 1h));
}

TEST_F(BreakerTest, waits_longer_after_each_failure_and_never_more_than_two_seconds) {
  EXPECT_EQ(pauses(7, 1.0), (std::vector<Breaker::Milliseconds>{100ms, 200ms, 400ms, 800ms, 1600ms, 2000ms, 2000ms}));
}

TEST_F(BreakerTest, never_waits_less_than_half_of_it) {
  EXPECT_EQ(pauses(3, 0.0), (std::vector<Breaker::Milliseconds>{50ms, 100ms, 200ms}));
  EXPECT_EQ(pauses(1, -7.0), (std::vector<Breaker::Milliseconds>{400ms}));
}

TEST_F(BreakerTest, does_not_probe_before_its_time) {
  pauses(3, 1.0);
  now_ -= 1ms;
  EXPECT_FALSE(breaker_.probe(now_));
  EXPECT_TRUE(breaker_.probe(now_ + 1ms));
}

TEST_F(BreakerTest, forgets_its_failures_only_when_all_was_well_for_a_while) {
  pauses(5, 1.0);
  ASSERT_TRUE(breaker_.probe(now_));
  breaker_.passed(now_);
  EXPECT_EQ(breaker_.state(), Breaker::State::closed);
  breaker_.failed(now_ + 1s, 1.0);
  EXPECT_EQ(breaker_.probe_at(), now_ + 1s + 2s) << "one that comes and goes is not tried ten times a second";
  now_ = breaker_.probe_at();
  ASSERT_TRUE(breaker_.probe(now_));
  breaker_.passed(now_);
  breaker_.failed(now_ + 5s, 1.0);
  EXPECT_EQ(breaker_.probe_at(), now_ + 5s + 100ms);
}

}  // namespace
}  // namespace passerelle::live
