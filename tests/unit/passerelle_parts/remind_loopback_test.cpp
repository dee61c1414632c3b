// The outbox with the real client against a gateway on 127.0.0.1: what really happens on sockets when it fails. Time is
// the virtual clock's; only the client's own deadline is real, and short.
#include <cstdio>
#include <mutex>

#include "loopback_gateway.hpp"
#include "net/http_client.hpp"
#include "unit/outbox/rig.hpp"

namespace passerelle {
namespace {

using outbox::morning;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Act = LoopbackGateway::Act;

class RemindLoopback : public outbox::Rig {
 protected:
  ~RemindLoopback() override {
    if (outbox_) outbox_->stop();
    writer_->stop();
    outbox_.reset();
    if (client_) client_->close();
    room_.reset();     // before the client, to which suspended requests refer
    gateway_.reset();  // before what its scripts write
  }

  void start_with(LoopbackGateway::Script script, milliseconds patience = seconds(20)) {
    script_ = std::move(script);
    gateway_.emplace([this](const std::string& ref) {
      const std::lock_guard lock(mutex_);
      came_.push_back(ref);
      return script_(ref);
    });
    start_against(gateway_->origin(), patience);
  }
  void start_against(const std::string& origin, milliseconds patience = seconds(20)) {
    channel_ = outbox::GatewayChannel({false, false, origin});
    net::ClientSettings settings;
    settings.origins = {origin};
    settings.answer = patience;
    auto made = net::HttpClient::make(room_->executor(), settings);
    if (!made) throw std::runtime_error(to_string(made.error()));
    client_ = std::move(*made);
    through_ = client_.get();
    start();
  }

  // For scripts: how many requests came, this one included; and taking one.
  std::size_t number() const { return came_.size(); }
  Act take(const std::string& ref) {
    ++taken_[ref];
    return {Act::Kind::answer, 200, {}, "SM" + ref};
  }

  std::vector<std::string> came() const {
    const std::lock_guard lock(mutex_);
    return came_;
  }
  // Every one of them once, and nobody else.
  void expect_taken_once(std::size_t messages) const {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(taken_.size(), messages) << "none lost";
    for (const auto& [ref, times] : taken_) EXPECT_EQ(times, 1) << "none doubled";
  }

  mutable std::mutex mutex_;  // scripts run on the gateway's threads
  std::optional<LoopbackGateway> gateway_;

 private:
  std::map<std::string, int> taken_;
  std::vector<std::string> came_;
  LoopbackGateway::Script script_;
  std::unique_ptr<net::HttpClient> client_;
};

TEST_F(RemindLoopback, reminders_survive_an_hour_of_500s_on_a_socket) {
  queue(200, {"", MessageClass::reminder, morning + hours(3)});
  start_with([this](const std::string& ref) {
    return clock_.now() < morning + hours(1) ? Act{Act::Kind::answer, 500, {}, "Internal Server Error"} : take(ref);
  });
  run_until(morning + hours(1) - seconds(1));
  const std::size_t in_vain = came().size();
  EXPECT_LE(in_vain, 10U + 60U);
  run_until(morning + hours(3));
  EXPECT_EQ(in_state("sent"), 200);
  expect_taken_once(200);
  std::printf("loopback, an hour of 500s: 200 reminders, %zu requests in vain, 0 lost, 0 doubled\n", in_vain);
}

TEST_F(RemindLoopback, reminders_wait_as_long_as_a_429_on_a_socket_asks) {
  policy_.parallel = 1;
  queue(20, {});
  start_with([this](const std::string& ref) {
    return number() == 1 ? Act{Act::Kind::answer, 429, "Retry-After: 90\r\n", ""} : take(ref);
  });
  run_until(morning + seconds(89));
  EXPECT_EQ(came().size(), 1U);
  run_until(morning + seconds(90));
  EXPECT_EQ(in_state("sent"), 20);
  std::printf("loopback, 429 with Retry-After 90: 0 of 20 within 89 s, all at 90 s\n");
}

TEST_F(RemindLoopback, reminders_that_a_silent_gateway_or_a_reset_swallowed_are_uncertain_and_not_repeated) {
  queue(40, {});
  start_with(
      [this](const std::string& ref) {
        const std::size_t turn = number() % 8;
        if (turn == 1) return Act{Act::Kind::keep_still};
        if (turn == 3 || turn == 5 || turn == 7) return Act{Act::Kind::lose};
        return take(ref);
      },
      seconds(1));
  run_until(morning + hours(1));
  EXPECT_EQ(in_state("uncertain"), 20);
  EXPECT_EQ(in_state("sent"), 20);
  EXPECT_EQ(came().size(), 40U) << "each was asked once";
  std::printf("loopback: 5 time-outs and 15 resets of 40 uncertain, 0 repeated\n");
}

TEST_F(RemindLoopback, reminders_wait_for_a_gateway_that_does_not_listen) {
  std::string origin;
  {
    const LoopbackGateway gone([](const std::string&) { return Act{}; });
    origin = gone.origin();
  }
  queue(20, {});
  start_against(origin);
  run_until(morning + minutes(30));
  EXPECT_EQ(in_state("queued"), 20) << "nothing was handed over, so nothing is uncertain";
  EXPECT_TRUE(outbox_->counters().at("sms").failing);
}

TEST_F(RemindLoopback, reminders_whose_answers_are_lost_on_a_socket_a_thousand_times_are_neither_lost_nor_doubled) {
  std::set<std::string> lost;
  queue(1250, {});
  start_with([this, &lost](const std::string& ref) {
    const Act accepted = take(ref);
    if (number() % 5 == 0) return accepted;
    lost.insert(ref);
    return Act{Act::Kind::lose};
  });
  run_until(morning + hours(24));
  EXPECT_EQ(in_state("uncertain"), 1000);
  EXPECT_EQ(in_state("sent"), 250);
  expect_taken_once(1250);
  gateway_.reset();  // nobody writes any more
  EXPECT_EQ(lost.size(), 1000U);
  for (const std::string& ref : lost) receive({ref, "SM" + ref, Delivery::delivered, ""});
  EXPECT_EQ(in_state("delivered"), 1000);
  std::printf(
      "loopback, answers lost after accept: 1000 of 1250 uncertain, then delivered by receipt, 0 lost, 0 doubled\n");
}

TEST_F(RemindLoopback, a_backlog_of_10000_with_reminders_drains_over_a_few_connections_in_class_order) {
  std::map<std::string, MessageClass> classes;
  write([&](store::Transaction& transaction) {
    for (int i = 0; i < 10'000; ++i) {
      const auto message_class = static_cast<MessageClass>((i * 7 + i / 13) % 5);
      classes[insert(transaction, {"", message_class})] = message_class;
    }
  });
  const auto begin = std::chrono::steady_clock::now();
  start_with([this](const std::string& ref) { return take(ref); });
  const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
  EXPECT_EQ(in_state("sent"), 10'000);
  expect_taken_once(10'000);
  const std::vector<std::string> order = came();
  ASSERT_EQ(order.size(), 10'000U);
  // When a class begins, the last of the one before are on their way, and may come after it.
  std::size_t overtaken = 0;
  MessageClass reached = MessageClass::crisis;
  for (const std::string& ref : order) {
    overtaken += classes[ref] < reached ? 1 : 0;
    reached = std::max(reached, classes[ref]);
  }
  EXPECT_LE(overtaken, 4 * policy_.parallel);
  EXPECT_LE(gateway_->connections(), 16);
  const auto ms = static_cast<long long>(std::max<std::int64_t>(1, took.count()));
  std::printf(
      "loopback, backlog: 10000 messages in class order over %d connections, %lld ms (%lld/s), 0 lost, 0 doubled\n",
      gateway_->connections(), ms, 10'000'000 / ms);
}

}  // namespace
}  // namespace passerelle
