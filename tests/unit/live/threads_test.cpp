// Several io threads, the writer and whoever asks for figures, all at once: for ThreadSanitizer.
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <thread>

#include "fake_redis.hpp"
#include "live/live.hpp"

namespace passerelle::live {
namespace {

using passerelle::testing::FakeRedis;

const TimePoint noon = from_ms(1'800'000'000'000);

// A context with a thread of its own, until it goes.
class Room {
 public:
  ~Room() { stop(); }
  void start() {
    thread_ = std::thread([this] { context.run(); });
  }
  void stop() {
    context.stop();
    if (thread_.joinable()) thread_.join();
  }

  boost::asio::io_context context{1};

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context.get_executor()};
  std::thread thread_;
};

Task<int> look_often(Live& live, int thread) {
  int looks = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string who = "sms/" + std::to_string(i % 7);
    const auto looked = co_await live.look({{who, noon}});
    looks += static_cast<int>(looked.size());
    live.keep(who, {static_cast<std::uint64_t>(i), noon, "state of " + std::to_string(thread)});
  }
  co_return looks;
}

TEST(LiveThreads, share_what_lives_without_stepping_on_each_other) {
  Room elsewhere;
  std::array<Room, 2> rooms;
  FakeRedis redis(elsewhere.context, FakeRedis::well);
  const auto live = make({redis.place(), 1'000, Secret(), Secret()});
  live->start({rooms[0].context.get_executor(), rooms[1].context.get_executor()});
  elsewhere.start();
  for (Room& room : rooms) room.start();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (live->state() != State::up && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ASSERT_EQ(live->state(), State::up);

  std::vector<std::future<int>> looks;
  for (int i = 0; i < 2; ++i) {
    looks.push_back(boost::asio::co_spawn(rooms[i].context, look_often(*live, i), boost::asio::use_future));
  }
  for (int i = 0; i < 200; ++i) live->publish("{}");
  for (auto& look : looks) EXPECT_EQ(look.get(), 200);
  const Counters& counters = live->counters();
  EXPECT_EQ(counters.answered + counters.late + counters.without, 400u);

  for (Room& room : rooms) room.stop();
  live->close();
  elsewhere.stop();
}

}  // namespace
}  // namespace passerelle::live
