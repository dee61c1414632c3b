#include "live/condition.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

const Condition::Instant noon{12h};

// What was logged since the last call.
class ConditionTest : public ::testing::Test {
 protected:
  ConditionTest() { ::testing::internal::CaptureStderr(); }
  ~ConditionTest() override { ::testing::internal::GetCapturedStderr(); }

  int lines() {
    const std::string text = ::testing::internal::GetCapturedStderr();
    ::testing::internal::CaptureStderr();
    int count = 0;
    for (std::size_t at = text.find("evt=session_store"); at != std::string::npos;
         at = text.find("evt=session_store", at + 1))
      ++count;
    return count;
  }

  Condition condition_{2};
};

TEST_F(ConditionTest, is_as_good_as_the_worst_of_its_threads) {
  EXPECT_EQ(condition_.state(), State::down);
  condition_.connected(0);
  EXPECT_EQ(condition_.state(), State::down);
  condition_.connected(1);
  EXPECT_EQ(condition_.state(), State::up);
  condition_.lost(0, "ended");
  EXPECT_EQ(condition_.state(), State::down);
}

TEST_F(ConditionTest, is_told_once_for_each_change) {
  condition_.connected(0);
  EXPECT_EQ(lines(), 0);
  condition_.connected(1);
  EXPECT_EQ(lines(), 1);
  for (int i = 0; i < 5; ++i) {
    condition_.lost(0, "ended");
    condition_.lost(1, "connect");
  }
  EXPECT_EQ(lines(), 1);
}

TEST_F(ConditionTest, tells_of_one_that_was_never_there) {
  condition_.lost(0, "connect");
  condition_.lost(1, "connect");
  EXPECT_EQ(lines(), 1);
}

TEST_F(ConditionTest, is_well_again_when_nothing_was_refused_for_a_second) {
  condition_.connected(0);
  condition_.connected(1);
  lines();
  for (int i = 0; i < 5; ++i) {
    condition_.refused("oom", noon + i * 100ms);
    condition_.accepted(noon + i * 100ms);
    EXPECT_EQ(condition_.state(), State::refusing);
  }
  EXPECT_EQ(lines(), 1);
  condition_.accepted(noon + 2s);
  EXPECT_EQ(condition_.state(), State::up);
  EXPECT_EQ(lines(), 1);
}

}  // namespace
}  // namespace passerelle::live
