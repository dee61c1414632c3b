// How a channel's queue leaves: who goes first, how many at a time, and what stops it.
#include <thread>

#include "store/channel_state.hpp"
#include "store/conversation.hpp"
#include "unit/outbox/rig.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class DispatcherTest : public Rig {};

TEST_F(DispatcherTest, what_is_queued_leaves_once_and_is_sent) {
  start();
  const std::string ref = queue({});
  wait();
  EXPECT_EQ(state(ref), "sent");
  EXPECT_EQ(transport_.times(ref), 1U);
  EXPECT_EQ(outbox_->counters().at("sms").sent, 1U);
  receive({"", "SM" + ref, Delivery::delivered, ""});
  EXPECT_EQ(state(ref), "delivered") << "by the gateway's id";
}

TEST_F(DispatcherTest, rests_when_there_is_nothing_to_do) {
  start();
  const std::uint64_t handlers = room_->context().run_for(std::chrono::milliseconds(60));
  EXPECT_EQ(handlers, 0U);
  EXPECT_EQ(outbox_->next_wake(), std::nullopt);
}

TEST_F(DispatcherTest, eight_requests_at_a_time_and_two_of_them_for_the_urgent_only) {
  transport_.hold_all = true;
  queue(20, {});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 6; }));
  EXPECT_FALSE(outbox_->idle());
  const std::string reply = queue({"", MessageClass::reply});
  ASSERT_TRUE(room_->until([&] { return transport_.times(reply) == 1; }));
  const std::string crisis = queue({"", MessageClass::crisis});
  ASSERT_TRUE(room_->until([&] { return transport_.times(crisis) == 1; }));
  const std::string late = queue({"", MessageClass::crisis});
  room_->context().restart();
  room_->context().run_for(std::chrono::milliseconds(20));
  EXPECT_EQ(transport_.times(late), 0U) << "all eight are taken";
  EXPECT_EQ(outbox_->counters().at("sms").in_flight, 8U);
  transport_.hold_all = false;
  wait();
  EXPECT_EQ(in_state("sent"), 23);
  EXPECT_EQ(transport_.most_at_once, 8U);
  EXPECT_EQ(transport_.requests[8].ref, late) << "the first that was freed";
}

TEST_F(DispatcherTest, a_channel_of_one_request_at_a_time_sends_everything_one_by_one) {
  policy_.parallel = 1;
  queue(5, {});
  start();
  EXPECT_EQ(in_state("sent"), 5);
  EXPECT_EQ(transport_.most_at_once, 1U);
}

TEST_F(DispatcherTest, sixty_requests_at_a_time_are_not_held_up_by_the_size_of_a_transaction) {
  policy_.parallel = 80;
  transport_.hold_all = true;
  queue(100, {});
  start_only();
  EXPECT_TRUE(room_->until([this] { return transport_.at_once == 60; })) << "a quarter is kept for the urgent";
  transport_.hold_all = false;
  wait();
  EXPECT_EQ(in_state("sent"), 100);
}

TEST_F(DispatcherTest, one_person_s_messages_leave_one_after_the_other) {
  for (int i = 0; i < 5; ++i) queue({"+41790000001"});
  start();
  EXPECT_EQ(in_state("sent"), 5);
  EXPECT_EQ(transport_.most_at_once, 1U);
}

TEST_F(DispatcherTest, a_message_of_several_requests_goes_part_by_part) {
  channel_ = GatewayChannel({false, true});
  const std::string ref = queue({"", MessageClass::reply, {}, {"un ", "deux ", "trois"}});
  start();
  EXPECT_EQ(state(ref), "sent");
  ASSERT_EQ(transport_.requests.size(), 3U);
  for (std::size_t part = 0; part < 3; ++part) EXPECT_EQ(transport_.requests[part].part, part);
}

TEST_F(DispatcherTest, a_lost_answer_to_one_part_stops_the_parts_after_it) {
  channel_ = GatewayChannel({false, true});
  transport_.script = [](const auto& request, std::size_t) -> Exchange {
    if (request.part == 1) return NoResponse{true, "reset"};
    return status(200);
  };
  const std::string ref = queue({"", MessageClass::reply, {}, {"un ", "deux ", "trois"}});
  start();
  EXPECT_EQ(state(ref), "uncertain");
  EXPECT_EQ(transport_.requests.size(), 2U);
}

TEST_F(DispatcherTest, a_channel_that_refuses_us_is_paused_and_loses_nothing) {
  transport_.script = [](const auto&, std::size_t) { return status(401); };
  queue(20, {});
  start();
  EXPECT_LE(transport_.requests.size(), 8U);
  EXPECT_EQ(in_state("queued"), 20);
  EXPECT_TRUE(outbox_->counters().at("sms").paused);
  EXPECT_EQ(count("SELECT count(*) FROM event WHERE kind = ?1", "channel.paused"), 1);
  const std::size_t before = transport_.requests.size();
  run_until(morning + minutes(30));
  EXPECT_EQ(transport_.requests.size(), before) << "nothing leaves until somebody resumes it";
  transport_.script = [](const auto&, std::size_t) { return status(200); };
  write([](store::Transaction& transaction) { store::resume_channel(transaction, "sms"); });
  wait();
  EXPECT_EQ(in_state("sent"), 20);
  EXPECT_FALSE(outbox_->counters().at("sms").paused);
}

TEST_F(DispatcherTest, a_paused_channel_still_lets_expire_what_is_too_late) {
  write([](store::Transaction& transaction) { store::pause_channel(transaction, "sms", "staff", morning); });
  const std::string ref = queue({"", MessageClass::reminder, morning + minutes(5)});
  start();
  EXPECT_EQ(state(ref), "queued");
  EXPECT_EQ(outbox_->next_wake(), morning + minutes(5));
  run_until(morning + minutes(6));
  EXPECT_EQ(state(ref), "expired");
  EXPECT_EQ(open_tasks("call_or_letter"), 1);
  EXPECT_TRUE(transport_.requests.empty());
}

TEST_F(DispatcherTest, a_person_who_stopped_us_at_the_gateway_has_stopped_us) {
  transport_.script = [](const auto&, std::size_t) { return status(410); };
  const std::string ref = queue({"+41790000001"});
  start();
  EXPECT_EQ(state(ref), "failed");
  write([](store::Transaction& transaction) {
    const AddressId address = store::find_or_add_address(transaction, {"sms", "+41790000001"}, morning);
    EXPECT_EQ(store::load_conversation(transaction, address).consent, Consent::stopped);
  });
}

TEST_F(DispatcherTest, a_refusal_fails_one_message_and_the_others_leave) {
  const std::string bad = queue({});
  const std::string good = queue({});
  transport_.script = [&](const auto& request, std::size_t) { return status(request.ref == bad ? 400 : 200); };
  start();
  EXPECT_EQ(state(bad), "failed");
  EXPECT_EQ(state(good), "sent");
  EXPECT_EQ(open_tasks("call_or_letter"), 1);
}

TEST_F(DispatcherTest, a_sim_of_sixty_an_hour_sends_one_a_minute_and_a_crisis_at_once) {
  policy_.per_hour = 60;
  queue(30, {});
  start();
  EXPECT_EQ(in_state("sent"), 1);
  const std::string crisis = queue({"", MessageClass::crisis});
  wait();
  EXPECT_EQ(state(crisis), "sent");
  run_until(morning + minutes(29));
  EXPECT_EQ(in_state("sent"), 1 + 29) << "the crisis had borrowed one";
  run_until(morning + minutes(30));
  EXPECT_EQ(in_state("sent"), 31);
  EXPECT_EQ(outbox_->next_wake(), std::nullopt);
}

TEST_F(DispatcherTest, long_messages_cost_what_they_are) {
  policy_.per_hour = 60;
  queue(4, {"", MessageClass::reminder, {}, {"un ", "deux ", "trois"}});
  start();
  EXPECT_EQ(in_state("sent"), 1);
  run_until(morning + minutes(9));
  EXPECT_EQ(in_state("sent"), 4);
  EXPECT_GE(transport_.requests.back().at, morning + minutes(9)) << "three a minute apart, three times";
}

TEST_F(DispatcherTest, an_open_breaker_lets_one_request_a_minute_try) {
  transport_.script = [](const auto&, std::size_t) { return NoResponse{false, "connect"}; };
  queue(100, {});
  start();
  const std::size_t first = transport_.requests.size();
  EXPECT_LE(first, 4U + 6U) << "five failures, and what was on its way";
  EXPECT_TRUE(outbox_->counters().at("sms").failing);
  EXPECT_EQ(outbox_->next_wake(), morning + minutes(1));
  run_until(morning + minutes(10));
  EXPECT_EQ(transport_.requests.size(), first + 10);
  transport_.script = [](const auto&, std::size_t) { return status(200); };
  run_until(morning + minutes(11));
  EXPECT_FALSE(outbox_->counters().at("sms").failing);
  EXPECT_GE(in_state("sent"), 80) << "all but those that wait for their own back-off";
  run_until(morning + minutes(27));
  EXPECT_EQ(in_state("sent"), 100);
}

TEST_F(DispatcherTest, whoever_resumes_a_channel_has_mended_the_gateway) {
  transport_.script = [](const auto&, std::size_t) { return NoResponse{false, "connect"}; };
  queue(100, {});
  start();
  ASSERT_TRUE(outbox_->counters().at("sms").failing);
  write([](store::Transaction& transaction) { store::pause_channel(transaction, "sms", "staff", morning); });
  at(morning + seconds(10));
  transport_.script = [](const auto&, std::size_t) { return status(200); };
  write([](store::Transaction& transaction) { store::resume_channel(transaction, "sms"); });
  wait();
  EXPECT_GE(in_state("sent"), 90) << "no minute is waited for";
}

TEST_F(DispatcherTest, a_result_that_the_store_cannot_take_yet_is_kept_and_written_later) {
  open_store({.queue = 2});
  std::optional<store::Gate> gate;
  transport_.script = [&](const auto&, std::size_t earlier) {
    EXPECT_EQ(earlier, 0U) << "sent once";
    // The writer is kept busy, and its queue full, when the answer comes.
    gate.emplace(*writer_);
    for (int i = 0; i < 2; ++i) store::submit(*writer_, store::Lane::interactive, [](store::Transaction&) {});
    return status(200);
  };
  const std::string ref = queue({});
  start_only();
  ASSERT_TRUE(room_->until([&] { return outbox_->counters().at("sms").sent == 1; }));
  room_->context().restart();
  room_->context().run_for(std::chrono::milliseconds(30));
  EXPECT_EQ(outbox_->counters().at("sms").in_flight, 1U) << "not forgotten";
  gate->open();
  wait();
  EXPECT_EQ(state(ref), "sent");
}

TEST_F(DispatcherTest, an_orderly_stop_takes_nothing_more_and_waits_for_what_is_on_its_way) {
  policy_.parallel = 2;
  transport_.hold_all = true;
  queue(10, {});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 1; }));
  outbox_->stop();
  std::atomic<bool> stopped = false;
  std::thread waiting([&] { stopped = outbox_->wait_until_stopped(seconds(20)); });
  room_->context().restart();
  room_->context().run_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(stopped);
  transport_.hold_all = false;
  EXPECT_TRUE(room_->until([&] { return stopped.load(); }));
  waiting.join();
  EXPECT_EQ(in_state("sent"), 1);
  EXPECT_EQ(in_state("queued"), 9);
}

TEST_F(DispatcherTest, a_stop_does_not_wait_for_ever) {
  transport_.hold_all = true;
  queue({});
  start_only();
  ASSERT_TRUE(room_->until([this] { return transport_.at_once == 1; }));
  outbox_->stop();
  EXPECT_FALSE(outbox_->wait_until_stopped(std::chrono::milliseconds(10)));
}

TEST_F(DispatcherTest, channels_that_cannot_send_have_none) {
  class Silent final : public Channel {
   public:
    Traits traits() const override { return {}; }
    Webhook read(const HttpRequest&, TimePoint) const override { return Rejected{}; }
    HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override { return {}; }
  };
  const Silent silent;
  outbox_ = std::make_unique<Outbox>(Outbox::Parts{*writer_, transport_, clock_, room_->executor(), [] { return 0.5; }},
                                     std::vector<Outbox::Sender>{{"silent", silent, {}}});
  ASSERT_TRUE(outbox_->start());
  EXPECT_TRUE(outbox_->counters().empty());
  EXPECT_TRUE(outbox_->idle());
}

}  // namespace
}  // namespace passerelle::outbox
