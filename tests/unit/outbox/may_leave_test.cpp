// Who is asked right before a message leaves may put it back or take it back; nothing else waits for that.
#include "unit/outbox/rig.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::hours;

class MayLeaveTest : public Rig {
 protected:
  void put_back(const std::string& user) {
    may_leave_ = [this, user](store::Transaction& transaction, const store::Taken& taken, TimePoint now) {
      ++asked_;
      if (taken.message.to.user != user && !user.empty()) return true;
      if (now >= morning + hours(10)) return true;
      store::put_back(transaction, taken.message.id, "quiet_hours", morning + hours(10));
      return false;
    };
  }
  int asked_ = 0;
};

TEST_F(MayLeaveTest, what_is_put_back_leaves_at_its_time_and_the_others_at_once) {
  put_back("+1");
  const std::string held = queue({"+1"});
  const std::string free = queue({"+2"});
  start();
  EXPECT_EQ(transport_.times(held), 0U);
  EXPECT_EQ(state(held), "queued");
  EXPECT_EQ(state(free), "sent");
  EXPECT_EQ(outbox_->next_wake(), morning + hours(10));
  at(morning + hours(10));
  EXPECT_EQ(state(held), "sent");
  EXPECT_EQ(transport_.times(held), 1U);
}

TEST_F(MayLeaveTest, a_long_queue_is_put_back_whole_and_asked_once) {
  put_back("");
  queue(700, {});
  start();
  EXPECT_EQ(asked_, 700);
  EXPECT_EQ(in_state("sent"), 0);
  EXPECT_EQ(outbox_->next_wake(), morning + hours(10));
  at(morning + hours(10));
  EXPECT_EQ(in_state("sent"), 700);
}

TEST_F(MayLeaveTest, what_was_put_back_costs_no_token) {
  policy_.per_hour = 60;
  put_back("+1");
  queue({"+1"});
  const std::string free = queue({"+2"});
  start();
  EXPECT_EQ(state(free), "sent");
}

}  // namespace
}  // namespace passerelle::outbox
