// What a bad day at the gateway does to reminders: nothing that it does loses one, doubles one knowingly, or sends one
// after its time. Figures are printed.
#include <cstdio>

#include "unit/outbox/rig.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class RemindGateway : public Rig {
 protected:
  // How often each message was taken by the gateway.
  std::map<std::string, int> taken_;

  Exchange take(const ScriptedTransport::Request& request) {
    ++taken_[request.ref];
    return HttpResponse{200, {}, "SM" + request.ref};
  }
  int most_taken() const {
    int most = 0;
    for (const auto& [ref, times] : taken_) most = std::max(most, times);
    return most;
  }
  std::int64_t minutes_since_morning() const {
    return std::chrono::duration_cast<minutes>(transport_.requests.back().at - morning).count();
  }
};

TEST_F(RemindGateway, reminders_survive_an_hour_of_500s) {
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    return request.at < morning + hours(1) ? status(500) : take(request);
  };
  queue(300, {"", MessageClass::reminder, morning + hours(3)});
  queue(50, {"", MessageClass::notice});
  start();
  run_until(morning + hours(1) - seconds(1));
  const std::size_t in_vain = transport_.requests.size();
  EXPECT_LE(in_vain, 10U + 60U) << "the gateway is left alone, but for one request a minute";
  EXPECT_EQ(in_state("queued"), 350);
  run_until(morning + hours(3));
  EXPECT_EQ(in_state("sent"), 350);
  EXPECT_EQ(taken_.size(), 350U);
  EXPECT_EQ(most_taken(), 1);
  EXPECT_LE(minutes_since_morning(), 60 + 16) << "the longest back-off, and a minute";
  std::printf("an hour of 500s: 350 messages, %zu requests in vain, all sent by minute %lld, 0 lost, 0 doubled\n",
              in_vain, static_cast<long long>(minutes_since_morning()));
}

TEST_F(RemindGateway, reminders_wait_as_long_as_a_429_asks) {
  bool refused = false;
  transport_.script = [&](const auto& request, std::size_t) -> Exchange {
    if (!refused && request.at >= morning + minutes(1)) {
      refused = true;
      return status(429, {{"Retry-After", "90"}});
    }
    return take(request);
  };
  start();
  clock_.set(morning + minutes(1));
  queue(1, {});
  wait();
  ASSERT_TRUE(refused);
  queue(40, {});
  queue(5, {"", MessageClass::crisis});
  wait();
  EXPECT_EQ(transport_.requests.size(), 1U);
  EXPECT_EQ(outbox_->next_wake(), morning + minutes(1) + seconds(90));
  run_until(morning + minutes(1) + seconds(89));
  EXPECT_EQ(transport_.requests.size(), 1U) << "nothing before its time, not even a crisis";
  run_until(morning + minutes(1) + seconds(90));
  EXPECT_EQ(in_state("sent"), 46);
  std::printf("429, Retry-After 90: 0 of 45 sent within 89 s, all 46 sent at 90 s\n");
}

TEST_F(RemindGateway, reminders_in_a_flood_of_429_without_a_time_do_not_hammer) {
  transport_.script = [](const auto&, std::size_t) { return status(429); };
  queue(500, {});
  start();
  run_until(morning + minutes(10));
  EXPECT_LE(transport_.requests.size(), 600U * 8U);
  EXPECT_EQ(in_state("queued"), 500);
  EXPECT_FALSE(outbox_->counters().at("sms").failing);
}

TEST_F(RemindGateway, reminders_that_surely_did_not_leave_are_sent_and_lost_answers_stay_uncertain) {
  // By turns: nothing written, a reset after the first byte, a time-out while waiting for the answer, an answer.
  const std::vector<Exchange> turns = {NoResponse{false, "connect"}, NoResponse{true, "reset"},
                                       NoResponse{true, "deadline"}, status(200)};
  std::map<std::string, std::size_t> fate;
  transport_.script = [&](const auto& request, std::size_t earlier) {
    const std::size_t turn = fate.try_emplace(request.ref, fate.size() % turns.size()).first->second;
    return earlier == 0 ? turns[turn] : take(request);
  };
  const auto refs = queue(400, {});
  start();
  run_until(morning + hours(2));
  EXPECT_EQ(in_state("uncertain"), 200);
  EXPECT_EQ(in_state("sent"), 200);
  for (const std::string& ref : refs) {
    const std::size_t turn = fate.at(ref);
    EXPECT_EQ(state(ref), turn == 1 || turn == 2 ? "uncertain" : "sent");
    EXPECT_EQ(transport_.times(ref), turn == 0 ? 2U : 1U);
  }
  std::printf(
      "time-outs and resets: 100 before the first byte: 100 sent later; 200 after it: 200 uncertain, 0 repeated\n");
}

TEST_F(RemindGateway, reminders_whose_answers_are_lost_a_thousand_times_are_neither_lost_nor_doubled) {
  int number = 0;
  std::set<std::string> lost;
  transport_.script = [&](const auto& request, std::size_t) -> Exchange {
    const Exchange accepted = take(request);
    if (++number % 5 == 0) return accepted;
    lost.insert(request.ref);
    return NoResponse{true, "reset"};
  };
  queue(1250, {});
  start();
  run_until(morning + hours(24));
  EXPECT_EQ(lost.size(), 1000U);
  EXPECT_EQ(in_state("uncertain"), 1000);
  EXPECT_EQ(in_state("sent"), 250);
  EXPECT_EQ(taken_.size(), 1250U) << "none lost";
  EXPECT_EQ(most_taken(), 1) << "none doubled";
  int delivered = 0;
  for (const std::string& ref : lost) {
    if (++delivered > 400) break;
    receive({ref, "SM" + ref, Delivery::delivered, ""});
  }
  EXPECT_EQ(in_state("delivered"), 400) << "a receipt tells what the answer could not";
  EXPECT_EQ(in_state("uncertain"), 600);
  std::printf("answers lost after accept: 1000 of 1250, all uncertain, 400 moved on by a receipt, 0 lost, 0 doubled\n");
}

TEST_F(RemindGateway, reminders_are_sent_once_more_where_the_operator_says_so_and_notices_are_not) {
  policy_.resend_once = true;
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    take(request);
    return NoResponse{true, "reset"};
  };
  const auto reminders = queue(40, {"", MessageClass::reminder, morning + hours(48)});
  const auto notices = queue(40, {"", MessageClass::notice});
  start();
  run_until(morning + hours(6));
  for (const std::string& ref : reminders) EXPECT_EQ(taken_[ref], 2) << "exactly one more";
  for (const std::string& ref : notices) EXPECT_EQ(taken_[ref], 1);
  EXPECT_EQ(in_state("uncertain"), 80);
  std::printf("resend_once: 40 reminders sent twice each, 40 notices once each\n");
}

TEST_F(RemindGateway, reminders_are_not_sent_once_more_when_a_receipt_tells_in_time) {
  policy_.resend_once = true;
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    take(request);
    return NoResponse{true, "reset"};
  };
  const std::string ref = queue({});
  start();
  at(morning + seconds(30));
  receive({ref, "SM1", Delivery::delivered, ""});
  run_until(morning + hours(1));
  EXPECT_EQ(taken_[ref], 1);
  EXPECT_EQ(state(ref), "delivered");
}

TEST_F(RemindGateway, reminders_may_be_repeated_where_the_gateway_knows_our_reference) {
  channel_ = GatewayChannel({true, false});
  transport_.script = [this](const auto& request, std::size_t earlier) -> Exchange {
    if (earlier == 0) return NoResponse{true, "reset"};
    return take(request);
  };
  queue(4, {});
  start();
  run_until(morning + minutes(10));
  EXPECT_EQ(in_state("sent"), 4);
}

TEST_F(RemindGateway, a_backlog_of_10000_drains_in_class_order_with_reminders_before_notices) {
  std::map<std::string, MessageClass> classes;
  write([&](store::Transaction& transaction) {
    for (int i = 0; i < 10'000; ++i) {
      // The order in which they are made has nothing to do with the order of the classes.
      const auto message_class = static_cast<MessageClass>((i * 7 + i / 13) % 5);
      classes[insert(transaction, {"", message_class})] = message_class;
    }
  });
  transport_.script = [this](const auto& request, std::size_t) { return take(request); };
  const auto begin = std::chrono::steady_clock::now();
  start();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  EXPECT_EQ(in_state("sent"), 10'000);
  EXPECT_EQ(taken_.size(), 10'000U);
  EXPECT_EQ(most_taken(), 1);
  ASSERT_EQ(transport_.requests.size(), 10'000U);
  EXPECT_TRUE(
      std::ranges::is_sorted(transport_.requests, {}, [&](const auto& request) { return classes[request.ref]; }));
  std::printf(
      "backlog: 10000 messages of 5 classes in class order, %lld ms (%lld/s, store in memory), 0 lost, 0 doubled\n",
      static_cast<long long>(took.count()),
      static_cast<long long>(10'000'000 / std::max<std::int64_t>(1, took.count())));
}

TEST_F(RemindGateway, no_reminders_leave_after_their_time) {
  std::map<std::string, TimePoint> ends;
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    return request.at < morning + minutes(90) ? status(503) : take(request);
  };
  write([&](store::Transaction& transaction) {
    for (int i = 0; i < 600; ++i) {
      const TimePoint end = morning + seconds(20 * i) + seconds(1);  // from at once to after the outage
      ends[insert(transaction, {"", MessageClass::reminder, end})] = end;
    }
  });
  start();
  run_until(morning + hours(4));
  int late = 0;
  for (const auto& request : transport_.requests) late += request.at >= ends.at(request.ref) ? 1 : 0;
  EXPECT_EQ(late, 0);
  const auto sent = in_state("sent");
  const auto expired = in_state("expired");
  EXPECT_EQ(sent + expired, 600) << "none lost";
  EXPECT_EQ(open_tasks("call_or_letter"), expired) << "somebody calls, or writes a letter";
  EXPECT_GE(expired, 270);
  EXPECT_GE(sent, 250);
  std::printf(
      "not_after: 600 reminders, 90 minutes of 503: %lld sent, %lld expired with a task each, 0 after their time\n",
      static_cast<long long>(sent), static_cast<long long>(expired));
}

TEST_F(RemindGateway, reminders_taken_just_before_their_time_are_not_sent_when_the_clock_has_moved) {
  // The first request takes so long that the second's time passes between being taken and being written.
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    clock_.set(morning + minutes(2));
    return take(request);
  };
  queue({});
  const std::string second = queue({"", MessageClass::reminder, morning + minutes(1)});
  start();
  EXPECT_EQ(transport_.times(second), 0U);
  EXPECT_EQ(state(second), "expired");
}

TEST_F(RemindGateway, receipts_of_reminders_may_come_before_the_answer) {
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    receive({"", "SM" + request.ref, Delivery::delivered, ""});  // by the gateway's id, which we do not know yet
    return take(request);
  };
  queue(100, {});
  start();
  EXPECT_EQ(in_state("delivered"), 100);
  std::printf("early receipts: 100 of 100 joined\n");
}

}  // namespace
}  // namespace passerelle::outbox
