#include "schedule/schedule.hpp"

#include <gtest/gtest.h>

#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/database.hpp"
#include "store/event.hpp"
#include "store/task.hpp"
#include "support/io_room.hpp"

namespace passerelle::schedule {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using store::Due;
using store::Transaction;

const TimePoint morning = from_ms(1'806'300'000'000);

class ScheduleTest : public ::testing::Test {
 protected:
  ScheduleTest() {
    auto opened = store::Writer::open_in_memory();
    if (!opened) throw std::runtime_error(to_string(opened.error()));
    writer_ = std::move(*opened);
  }
  ~ScheduleTest() override {
    if (schedule_) schedule_->stop();
    writer_->stop();
  }

  void write(const std::function<void(Transaction&)>& work) {
    const auto done = store::transact_now(*writer_, work);
    EXPECT_TRUE(done) << to_string(done.error());
  }
  void add(const Due& due) {
    write([&](Transaction& transaction) { store::add_due(transaction, due); });
  }
  void start() {
    schedule_.emplace(Schedule::Parts{*writer_, clock_, room_.executor(),
                                      [this](Transaction& transaction, const Due& due, TimePoint now) {
                                        work_(transaction, due);
                                        ran_.push_back(due);
                                        EXPECT_LE(due.at, now);
                                      }});
    writer_->on_committed([this](const store::Notes& notes) {
      if (notes.due) schedule_->ring();
    });
    schedule_->start();
    wait();
  }
  void wait() {
    ASSERT_TRUE(room_.until([this] { return schedule_->idle(); }));
  }
  void at(TimePoint time) {
    clock_.set(time);
    schedule_->ring();
    wait();
  }
  InvitationId appointment() {
    Appointment made;
    write([&](Transaction& transaction) {
      made.to = {"sms", "+41790000001"};
      made.zone = "Europe/Zurich";
      made.starts = morning + hours(48);
      store::insert_appointment(transaction, made, morning);
    });
    return made.invitation;
  }

  testing::IoRoom room_;
  ManualClock clock_{morning};
  std::unique_ptr<store::Writer> writer_;
  std::function<void(Transaction&, const Due&)> work_ = [](Transaction&, const Due&) {};
  std::vector<Due> ran_;
  std::optional<Schedule> schedule_;
};

TEST_F(ScheduleTest, runs_each_row_once_when_its_time_has_come) {
  const Due first{morning + minutes(5), "remind.two_days", 1};
  const Due second{morning + minutes(10), "remind.two_days", 2};
  add(second);
  add(first);
  start();
  EXPECT_TRUE(ran_.empty());
  EXPECT_EQ(schedule_->next_wake(), first.at);
  at(first.at);
  EXPECT_EQ(ran_, std::vector<Due>{first});
  EXPECT_EQ(schedule_->next_wake(), second.at);
  at(second.at + hours(3));
  at(second.at + hours(4));
  EXPECT_EQ(ran_, (std::vector<Due>{first, second}));
  EXPECT_EQ(schedule_->next_wake(), std::nullopt);
}

TEST_F(ScheduleTest, a_row_that_is_added_later_is_heard_of) {
  start();
  EXPECT_EQ(schedule_->next_wake(), std::nullopt);
  const Due due{morning + minutes(1), "remind.two_hours", 7};
  add(due);
  ASSERT_TRUE(room_.until([this] { return schedule_->next_wake().has_value(); }));
  EXPECT_EQ(schedule_->next_wake(), due.at);
}

TEST_F(ScheduleTest, a_hundred_rows_go_in_chunks_and_in_the_order_of_time) {
  for (std::int64_t i = 0; i < 100; ++i) add({morning - minutes(i), "remind.two_days", i});
  start();
  ASSERT_EQ(ran_.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(ran_, {}, &Due::at));
}

TEST_F(ScheduleTest, a_row_that_another_took_back_does_not_run) {
  work_ = [](Transaction& transaction, const Due& due) {
    if (due.ref == 1) store::remove_due_of(transaction, "remind.two_days", 2);
  };
  add({morning, "remind.two_days", 1});
  add({morning, "remind.two_days", 2});
  start();
  ASSERT_EQ(ran_.size(), 1U);
}

TEST_F(ScheduleTest, a_row_that_throws_is_undone_alone_and_calls_a_person) {
  const InvitationId invitation = appointment();
  work_ = [&](Transaction& transaction, const Due& due) {
    store::add_event(transaction, "reminder.sent", due.ref, "", morning);
    if (due.ref == invitation.value) throw std::runtime_error("a bug");
  };
  add({morning, "remind.two_days", invitation.value});
  add({morning + minutes(1), "remind.two_days", 99});
  clock_.set(morning + minutes(1));
  start();
  ASSERT_EQ(ran_.size(), 1U);
  EXPECT_EQ(ran_.front().ref, 99);
  write([&](Transaction& transaction) {
    EXPECT_TRUE(store::events_of(transaction, "reminder.sent", invitation.value).empty()) << "rolled back";
    EXPECT_EQ(store::events_of(transaction, "reminder.sent", 99).size(), 1U);
    EXPECT_EQ(store::events_of(transaction, "due.stuck", invitation.value).size(), 1U);
    const AddressId address = store::find_or_add_address(transaction, {"sms", "+41790000001"}, morning);
    const auto tasks = store::open_tasks(transaction, address);
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks.front().kind, "stuck");
    EXPECT_EQ(store::next_due(transaction), std::nullopt) << "it does not come again";
  });
}

TEST_F(ScheduleTest, a_transaction_that_the_store_cannot_keep_is_tried_again) {
  int tries = 0;
  // Ending the transaction under the job's feet is what a full disk does.
  work_ = [&](Transaction& transaction, const Due&) {
    if (++tries == 1) transaction.database().execute("ROLLBACK");
  };
  add({morning, "remind.two_days", 1});
  start();
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(ran_.size(), 2U);
  write([&](Transaction& transaction) { EXPECT_EQ(store::next_due(transaction), std::nullopt); });
}

TEST_F(ScheduleTest, takes_nothing_once_it_is_stopped) {
  add({morning + minutes(1), "remind.two_days", 1});
  start();
  schedule_->stop();
  at(morning + minutes(2));
  EXPECT_TRUE(ran_.empty());
  EXPECT_EQ(schedule_->next_wake(), std::nullopt);
}

}  // namespace
}  // namespace passerelle::schedule
