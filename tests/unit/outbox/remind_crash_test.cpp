// The process ends between the gateway's answer and our commit: what the next start makes of it.
#include <cstdio>

#include "unit/outbox/rig.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::minutes;

class RemindAfterCrash : public Rig {};

TEST_F(RemindAfterCrash, reminders_that_were_on_their_way_when_the_server_died_are_uncertain_after_the_restart) {
  transport_.hold_all = true;  // accepted, and the answer has not been written down
  queue(10, {});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 6; }));
  crash();
  EXPECT_EQ(in_state("queued"), 10);
  start();
  EXPECT_EQ(in_state("uncertain"), 6);
  EXPECT_EQ(in_state("sent"), 4) << "those that had not been taken";
  EXPECT_EQ(transport_.requests.size(), 10U) << "none asked twice";
  std::printf("crash between accept and commit: 6 of 10 uncertain, 4 sent, 0 doubled\n");
}

TEST_F(RemindAfterCrash, reminders_of_a_crash_are_sent_once_more_by_policy_and_notices_are_not) {
  policy_.resend_once = true;
  transport_.hold_all = true;
  const auto reminders = queue(3, {});
  const auto notices = queue(3, {"", MessageClass::notice});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 6; }));
  crash();
  start();
  run_until(morning + minutes(5));
  for (const std::string& ref : reminders) EXPECT_EQ(state(ref), "sent");
  for (const std::string& ref : notices) EXPECT_EQ(state(ref), "uncertain");
  EXPECT_EQ(in_state("sent"), 3);
}

TEST_F(RemindAfterCrash, reminders_of_a_crash_leave_again_where_the_gateway_knows_our_reference) {
  channel_ = GatewayChannel({true, false});
  transport_.hold_all = true;
  queue(3, {});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 3; }));
  crash();
  start();
  run_until(morning + minutes(1));
  EXPECT_EQ(in_state("sent"), 3);
  EXPECT_EQ(transport_.requests.size(), 6U);
}

}  // namespace
}  // namespace passerelle::outbox
