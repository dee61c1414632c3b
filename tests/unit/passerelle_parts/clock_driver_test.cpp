#include "clock_driver.hpp"

#include "schedule/schedule.hpp"
#include "unit/outbox/rig.hpp"

namespace passerelle {
namespace {

using outbox::morning;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// A due row that puts a reminder into the outbox, which sends it: as in the server.
class ClockDriverTest : public outbox::Rig {
 protected:
  ClockDriverTest() { start_only(); }
  ~ClockDriverTest() override {
    if (schedule_) schedule_->stop();
    writer_->stop();
    schedule_.reset();
  }

  void start_schedule() {
    schedule_.emplace(schedule::Schedule::Parts{
        *writer_, clock_, room_->executor(), [this](store::Transaction& transaction, const store::Due& due, TimePoint) {
          refs_.push_back(insert(transaction, {}));
          if (due.ref > 1) store::add_due(transaction, {due.at + hours(1), due.kind, due.ref - 1});
        }});
    writer_->on_committed([this](const store::Notes& notes) {
      outbox_->committed(notes);
      if (notes.due) schedule_->ring();
    });
    schedule_->start();
    driver_.emplace(clock_, *writer_,
                    std::vector<Worker>{{[this] { schedule_->ring(); }, [this] { return schedule_->idle(); },
                                         [this] { return schedule_->next_wake(); }},
                                        {[this] { outbox_->ring(); }, [this] { return outbox_->idle(); },
                                         [this] { return outbox_->next_wake(); }}});
  }
  result<void> advance(TimePoint to, milliseconds patience = seconds(20)) {
    return room_->run(driver_->advance(to, patience));
  }

  std::vector<std::string> refs_;
  std::optional<schedule::Schedule> schedule_;
  std::optional<ClockDriver> driver_;
};

TEST_F(ClockDriverTest, everything_that_is_due_on_the_way_is_done_at_its_own_time) {
  start_schedule();
  write([](store::Transaction& transaction) { store::add_due(transaction, {morning + hours(1), "test", 20}); });
  const auto done = advance(morning + hours(200));
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(clock_.now(), morning + hours(200));
  ASSERT_EQ(transport_.requests.size(), 20U);
  for (std::size_t i = 0; i < refs_.size(); ++i) {
    EXPECT_EQ(transport_.requests[i].at, morning + hours(1 + static_cast<int>(i)));
    EXPECT_EQ(state(refs_[i]), "sent");
  }
}

TEST_F(ClockDriverTest, what_is_due_exactly_then_is_done_and_what_is_due_later_is_not) {
  start_schedule();
  write([](store::Transaction& transaction) {
    store::add_due(transaction, {morning + hours(1), "test", 1});
    store::add_due(transaction, {morning + hours(1) + milliseconds(1), "test", 1});
  });
  ASSERT_TRUE(advance(morning + hours(1)));
  EXPECT_EQ(transport_.requests.size(), 1U);
  EXPECT_EQ(schedule_->next_wake(), morning + hours(1) + milliseconds(1));
}

TEST_F(ClockDriverTest, a_gateway_that_fails_for_an_hour_is_tried_again_in_its_time) {
  start_schedule();
  transport_.script = [](const auto& request, std::size_t) {
    return outbox::status(request.at < morning + hours(2) ? 503 : 200);
  };
  write([](store::Transaction& transaction) { store::add_due(transaction, {morning + hours(1), "test", 1}); });
  ASSERT_TRUE(advance(morning + hours(3)));
  ASSERT_EQ(refs_.size(), 1U);
  EXPECT_EQ(state(refs_.front()), "sent");
  EXPECT_GE(transport_.requests.back().at, morning + hours(2));
}

TEST_F(ClockDriverTest, the_past_stays_past) {
  start_schedule();
  ASSERT_TRUE(advance(morning + hours(1)));
  EXPECT_FALSE(advance(morning));
  EXPECT_EQ(clock_.now(), morning + hours(1));
  EXPECT_TRUE(advance(morning + hours(1))) << "now is no past";
}

TEST_F(ClockDriverTest, a_request_without_an_end_stops_the_clock_and_a_second_move_is_refused) {
  start_schedule();
  transport_.hold_all = true;
  write([](store::Transaction& transaction) { store::add_due(transaction, {morning + hours(1), "test", 1}); });
  std::optional<result<void>> first;
  boost::asio::co_spawn(room_->context(), driver_->advance(morning + hours(2), seconds(20)),
                        [&](std::exception_ptr, result<void> done) { first = std::move(done); });
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 1; }));
  EXPECT_FALSE(advance(morning + hours(2))) << "one at a time";
  EXPECT_EQ(clock_.now(), morning + hours(1));
  transport_.hold_all = false;
  ASSERT_TRUE(room_->until([&] { return first.has_value(); }));
  EXPECT_TRUE(*first);
  EXPECT_EQ(clock_.now(), morning + hours(2));
}

TEST_F(ClockDriverTest, patience_ends) {
  start_schedule();
  transport_.hold_all = true;
  write([](store::Transaction& transaction) { store::add_due(transaction, {morning + hours(1), "test", 1}); });
  EXPECT_FALSE(advance(morning + hours(2), milliseconds(30)));
  EXPECT_EQ(clock_.now(), morning + hours(1)) << "where it got to";
  transport_.hold_all = false;
  EXPECT_TRUE(advance(morning + hours(2))) << "the driver is free again";
}

}  // namespace
}  // namespace passerelle
