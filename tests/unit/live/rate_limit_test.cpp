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

TEST(RateLimit, mutes_who_writes_faster_than_people_do_until_there_is_quiet) {
  using std::chrono::milliseconds;
  RateLimit limit(20);
  int answered = 0;
  for (int i = 0; i < 1000; ++i) answered += limit.take("a", noon + milliseconds(60) * i) ? 1 : 0;
  EXPECT_EQ(answered, 3) << "a thousand in a minute";
  const TimePoint over = noon + milliseconds(60) * 999;
  EXPECT_FALSE(limit.take("a", over + std::chrono::seconds(9)));
  EXPECT_TRUE(limit.take("a", over + std::chrono::seconds(19)));
}

TEST(RateLimit, bears_a_person_who_sends_a_few_lines_at_once) {
  RateLimit limit(20);
  for (int line = 0; line < 12; ++line) EXPECT_TRUE(limit.take("a", noon + std::chrono::seconds(3) * line));
  for (int line = 0; line < 3; ++line) EXPECT_TRUE(limit.take("a", noon + std::chrono::seconds(60)));
}

TEST(RateLimit, what_was_taken_for_a_message_that_comes_again_is_given_back) {
  RateLimit limit(20);
  for (int attempt = 0; attempt < 50; ++attempt) {
    EXPECT_TRUE(limit.take("a", noon)) << attempt;
    limit.give_back("a");
  }
  limit.give_back("a stranger");
  for (int more = 0; more < 3; ++more) EXPECT_TRUE(limit.take("a", noon));
  EXPECT_FALSE(limit.take("a", noon)) << "no more than there was is given back";
}

TEST(RateLimit, of_an_unknown_pace_only_the_minute_counts) {
  RateLimit limit(20);
  int answered = 0;
  for (int i = 0; i < 50; ++i) answered += limit.take("a", noon, RateLimit::Pace::unknown) ? 1 : 0;
  EXPECT_EQ(answered, 20);
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
