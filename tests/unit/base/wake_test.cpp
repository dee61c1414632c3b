#include "base/wake.hpp"

#include <thread>

#include "support/io_room.hpp"

namespace passerelle {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

const TimePoint morning = from_ms(1'800'000'000'000);

class WakeTest : public ::testing::Test {
 protected:
  // Rests once more; counts how often it woke.
  void rest(Wake& wake, std::optional<TimePoint> until) {
    wake.looking();
    spawn(room_.executor(), rest_once(wake, until, woken_));
  }
  static Task<void> rest_once(Wake& wake, std::optional<TimePoint> until, int& woken) {
    co_await wake.rest(until);
    ++woken;
  }
  // Whatever is ready is run: what still rests then really waits.
  void settle() {
    room_.context().restart();
    room_.context().poll();
  }

  testing::IoRoom room_;
  ManualClock hand_{morning};
  SystemClock system_;
  int woken_ = 0;
};

TEST_F(WakeTest, a_clock_that_moves_by_itself_ends_the_rest_in_time) {
  Wake wake(room_.executor(), system_);
  const TimePoint until = system_.now() + milliseconds(30);
  rest(wake, until);
  ASSERT_TRUE(room_.until([this] { return woken_ == 1; }));
  EXPECT_GE(system_.now(), until);
}

TEST_F(WakeTest, a_clock_that_is_moved_by_hand_wakes_whom_its_mover_rings) {
  Wake wake(room_.executor(), hand_);
  rest(wake, morning + milliseconds(1));
  settle();
  EXPECT_EQ(wake.next(), morning + milliseconds(1));
  hand_.set(morning + hours(1));
  settle();
  EXPECT_EQ(woken_, 0);
  wake.ring();
  EXPECT_TRUE(room_.until([this] { return woken_ == 1; }));
}

TEST_F(WakeTest, a_time_that_has_come_needs_no_rest) {
  Wake wake(room_.executor(), hand_);
  rest(wake, morning);
  settle();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WakeTest, a_ring_during_the_look_is_not_missed_and_an_old_one_wakes_nobody) {
  Wake wake(room_.executor(), hand_);
  wake.looking();
  wake.ring();
  spawn(room_.executor(), rest_once(wake, std::nullopt, woken_));
  settle();
  EXPECT_EQ(woken_, 1);
  rest(wake, std::nullopt);
  settle();
  settle();
  EXPECT_EQ(woken_, 1) << "that ring has been heard";
  EXPECT_TRUE(wake.idle());
}

TEST_F(WakeTest, is_idle_only_at_rest_with_every_ring_heard_and_nothing_under_way) {
  Wake wake(room_.executor(), hand_);
  EXPECT_FALSE(wake.idle()) << "has not looked yet";
  wake.looking();
  wake.begun();
  spawn(room_.executor(), rest_once(wake, std::nullopt, woken_));
  settle();
  EXPECT_FALSE(wake.idle()) << "something is under way";
  wake.finished();
  EXPECT_FALSE(wake.idle()) << "its end rings";
  settle();
  EXPECT_EQ(woken_, 1);
  rest(wake, std::nullopt);
  settle();
  EXPECT_TRUE(wake.idle());
  wake.ring();
  EXPECT_FALSE(wake.idle());
  settle();
  wake.ended();
  EXPECT_TRUE(wake.idle());
}

TEST_F(WakeTest, any_thread_may_ring) {
  Wake wake(room_.executor(), hand_);
  rest(wake, std::nullopt);
  std::thread other([&wake] { wake.ring(); });
  EXPECT_TRUE(room_.until([this] { return woken_ == 1; }));
  other.join();
}

}  // namespace
}  // namespace passerelle
