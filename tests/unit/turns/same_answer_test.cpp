#include "turns/same_answer.hpp"

#include <gtest/gtest.h>

namespace passerelle::turns {
namespace {

using std::chrono::minutes;

const TimePoint noon = from_ms(1'800'000'000'000);

TEST(SameAnswer, is_said_twice_and_not_a_third_time) {
  LastAnswer last;
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon));
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon + minutes(1)));
  EXPECT_TRUE(says_the_same_again({"Bonjour"}, last, noon + minutes(2)));
  EXPECT_TRUE(says_the_same_again({"Bonjour"}, last, noon + minutes(11))) << "as long as it goes on";
}

TEST(SameAnswer, begins_anew_after_another_one_or_after_a_while) {
  LastAnswer last;
  for (int i = 0; i < 3; ++i) says_the_same_again({"Bonjour"}, last, noon);
  EXPECT_FALSE(says_the_same_again({"Bonjour", "Une question?"}, last, noon));
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon));
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon));
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon + minutes(10))) << "a person who comes back";
}

TEST(SameAnswer, bears_a_clock_that_is_set_back) {
  LastAnswer last;
  for (int i = 0; i < 3; ++i) says_the_same_again({"Bonjour"}, last, noon);
  EXPECT_FALSE(says_the_same_again({"Bonjour"}, last, noon - std::chrono::hours(1)));
}

TEST(SameAnswer, is_not_silence) {
  LastAnswer last;
  for (int i = 0; i < 9; ++i) EXPECT_FALSE(says_the_same_again({}, last, noon));
  EXPECT_EQ(last, LastAnswer());
}

}  // namespace
}  // namespace passerelle::turns
