#include "base/log.hpp"

#include <gtest/gtest.h>

namespace passerelle::log {
namespace {

TEST(Log, what_is_only_rehearsed_is_told_where_it_broke_and_nowhere_else) {
  ::testing::internal::CaptureStderr();
  {
    const Rehearsal outer;
    {
      const Rehearsal inner;
    }
    info("said");
    warning("doubted");
    error("broke", {{"id", 7}});
  }
  info("went_on");
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(told.find("said"), std::string::npos);
  EXPECT_EQ(told.find("doubted"), std::string::npos);
  EXPECT_NE(told.find("evt=broke id=7 of=simulator\n"), std::string::npos) << told;
  EXPECT_NE(told.find("evt=went_on\n"), std::string::npos) << told;
}

}  // namespace
}  // namespace passerelle::log
