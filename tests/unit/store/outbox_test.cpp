// The queue of what leaves on our own account: who may go, in which order, and what became of it.

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "store/channel_state.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"
#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST_F(Outbox, higher_classes_leave_first_and_the_rest_in_the_order_of_time) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId notice = queue(transaction, {"+1", MessageClass::notice});
    const OutboundId shift = queue(transaction, {"+2", MessageClass::shift});
    const OutboundId late = queue(transaction, {"+3", MessageClass::reminder, {}, morning + seconds(2)});
    const OutboundId early = queue(transaction, {"+4", MessageClass::reminder, {}, morning + seconds(1)});
    const OutboundId reply = queue(transaction, {"+5", MessageClass::reply});
    const OutboundId crisis = queue(transaction, {"+6", MessageClass::crisis});
    EXPECT_EQ(taken(transaction), (Ids{crisis, reply, early, late, shift, notice}));
    EXPECT_EQ(taken(transaction), Ids{}) << "leased";
  });
}

TEST_F(Outbox, one_address_gets_one_message_at_a_time_in_the_order_they_were_made) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId first = queue(transaction, {});
    const OutboundId second = queue(transaction, {});
    EXPECT_EQ(taken(transaction), Ids{first});
    mark_accepted(transaction, {first}, "sms", "SM1", later);
    EXPECT_EQ(taken(transaction), Ids{second});
  });
}

TEST_F(Outbox, a_back_off_holds_up_its_own_and_the_lower_classes_of_that_address_only) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId reminder = queue(transaction, {"+1"});
    queue(transaction, {"+1", MessageClass::notice});
    const OutboundId other = queue(transaction, {"+2"});
    ASSERT_EQ(taken(transaction, 1), Ids{reminder});
    mark_waiting(transaction, reminder, "503", later + minutes(1));
    const OutboundId reply = queue(transaction, {"+1", MessageClass::reply});
    EXPECT_EQ(taken(transaction), (Ids{reply, other}));
    EXPECT_EQ(next_departure(transaction, "sms"), std::nullopt) << "the rest waits behind the reply";
    EXPECT_EQ(taken(transaction, 100, later + minutes(1)), Ids{}) << "the reply is still on its way";
    mark_accepted(transaction, {reply}, "sms", "SM1", later);
    EXPECT_EQ(taken(transaction, 100, later + minutes(1)), Ids{reminder});
  });
}

TEST_F(Outbox, what_is_held_leaves_when_its_time_has_come) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId held = queue(transaction, {"+1", MessageClass::notice, {}, later + minutes(5)});
    EXPECT_EQ(taken(transaction), Ids{});
    EXPECT_EQ(next_departure(transaction, "sms"), later + minutes(5));
    EXPECT_EQ(taken(transaction, 100, later + minutes(5)), Ids{held});
  });
}

TEST_F(Outbox, each_class_has_a_next_departure_and_an_end_is_none) {
  in_transaction([this](Transaction& transaction) {
    EXPECT_EQ(next_expiry(transaction, "sms"), std::nullopt);
    queue(transaction, {"+1", MessageClass::notice, later + minutes(9), later + minutes(5)});
    queue(transaction, {"+2", MessageClass::reply, {}, later + minutes(7)});
    EXPECT_EQ(next_departure(transaction, "sms"), later + minutes(5));
    EXPECT_EQ(next_departure(transaction, "sms", MessageClass::crisis, MessageClass::reply), later + minutes(7));
    EXPECT_EQ(next_departure(transaction, "sms", MessageClass::crisis, MessageClass::crisis), std::nullopt);
    EXPECT_EQ(next_expiry(transaction, "sms"), later + minutes(9));
  });
}

TEST_F(Outbox, a_message_past_its_end_expires_and_calls_a_person) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId reminder = queue(transaction, {"+1", MessageClass::reminder, later});
    EXPECT_EQ(taken(transaction), Ids{}) << "at its end already";
    EXPECT_EQ(state_of(transaction, reminder), "expired");
    const AddressId address = find_or_add_address(transaction, {"sms", "+1"}, later);
    ASSERT_EQ(open_tasks(transaction, address).size(), 1U);
    EXPECT_EQ(open_tasks(transaction, address).front().kind, "call_or_letter");
  });
}

TEST_F(Outbox, a_back_off_never_reaches_beyond_the_end) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId reminder = queue(transaction, {"+1", MessageClass::reminder, later + minutes(3)});
    ASSERT_EQ(taken(transaction), Ids{reminder});
    mark_waiting(transaction, reminder, "503", later + minutes(15));
    EXPECT_EQ(next_departure(transaction, "sms"), later + minutes(3));
    EXPECT_EQ(taken(transaction, 100, later + minutes(3)), Ids{});
    EXPECT_EQ(state_of(transaction, reminder), "expired");
  });
}

TEST_F(Outbox, a_receipt_that_overtakes_our_own_commit_is_kept_and_joined) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    EXPECT_FALSE(record_receipt(transaction, {"", "SM1", Delivery::delivered, ""}, "sms", later)) << "not known yet";
    EXPECT_FALSE(record_receipt(transaction, {"", "SM1", Delivery::failed, "30003"}, "other", later));
    mark_accepted(transaction, {message}, "sms", "SM1", later);
    EXPECT_EQ(state_of(transaction, message), "delivered");
    EXPECT_EQ(taken(transaction), Ids{});
  });
}

TEST_F(Outbox, a_receipt_by_our_own_reference_needs_no_join) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "SM1", Delivery::delivered, ""}, "sms", later));
    mark_accepted(transaction, {message}, "sms", "SM1", later);
    EXPECT_EQ(state_of(transaction, message), "delivered") << "not back to sent";
  });
}

TEST_F(Outbox, what_an_earlier_run_had_leased_is_told_with_its_part) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId whole = queue(transaction, {"+1"});
    const OutboundId parted = queue(transaction, {"+2", MessageClass::crisis, {}, {}, {"un ", "deux"}});
    queue(transaction, {"+3", MessageClass::notice, {}, later + minutes(1)});
    ASSERT_EQ(taken(transaction), (Ids{parted, whole}));
    mark_accepted(transaction, {parted, 0, 2}, "sms", "", later);
    ASSERT_EQ(taken(transaction), Ids{parted});
    const std::vector<Leased> leased = leased_by_earlier_run(transaction);
    ASSERT_EQ(leased.size(), 2U);
    EXPECT_EQ(leased[0].attempt.message, whole);
    EXPECT_EQ(leased[0].attempt.requests, 1U);
    EXPECT_EQ(leased[1].attempt.message, parted);
    EXPECT_EQ(leased[1].attempt.part, 1U);
    EXPECT_EQ(leased[1].attempt.requests, 2U);
    EXPECT_EQ(leased[1].message_class, MessageClass::crisis);
  });
}

TEST_F(Outbox, what_the_channel_could_not_help_is_not_counted_as_an_attempt) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    put_back(transaction, message, "401", later);
    const auto again = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10, later, lease);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again.front().attempt, 1);
  });
}

TEST_F(Outbox, a_refused_message_calls_a_person_but_a_refused_notice_does_not) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId reminder = queue(transaction, {"+1"});
    const OutboundId notice = queue(transaction, {"+2", MessageClass::notice});
    ASSERT_EQ(taken(transaction).size(), 2U);
    mark_failed(transaction, reminder, "21211", later);
    mark_failed(transaction, notice, "21211", later);
    EXPECT_EQ(state_of(transaction, reminder), "failed");
    EXPECT_EQ(open_tasks(transaction, find_or_add_address(transaction, {"sms", "+1"}, later)).size(), 1U);
    EXPECT_TRUE(open_tasks(transaction, find_or_add_address(transaction, {"sms", "+2"}, later)).empty());
  });
}

TEST_F(Outbox, only_what_is_not_on_its_way_can_be_stopped) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    EXPECT_TRUE(stop_outbound(transaction, message, "staff", later));
    EXPECT_EQ(state_of(transaction, message), "stopped");
    const OutboundId leaving = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{leaving});
    EXPECT_FALSE(stop_outbound(transaction, leaving, "staff", later));
  });
}

TEST_F(Outbox, an_opt_out_at_the_gateway_stops_the_conversation_here) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    Receipt receipt{ref(message), "SM1", Delivery::failed, "21610"};
    receipt.opted_out = true;
    record_receipt(transaction, receipt, "sms", later);
    const AddressId address = find_or_add_address(transaction, {"sms", "+41790000001"}, later);
    EXPECT_EQ(load_conversation(transaction, address).consent, Consent::stopped);
  });
}

TEST_F(Outbox, channels_remember_their_pause_and_what_they_cost) {
  in_transaction([](Transaction& transaction) {
    EXPECT_FALSE(load_channel_state(transaction, "sms").paused_at);
    pause_channel(transaction, "sms", "20003", later);
    set_caught_up(transaction, "sms", morning);
    EXPECT_EQ(load_channel_state(transaction, "sms").why, "20003");
    EXPECT_EQ(load_channel_state(transaction, "sms").caught_up_to, morning);
    resume_channel(transaction, "sms");
    EXPECT_FALSE(load_channel_state(transaction, "sms").paused_at);
    EXPECT_EQ(load_channel_state(transaction, "sms").caught_up_to, morning);
    add_spending(transaction, "sms", "2027-03", {2, 130'000});
    add_spending(transaction, "sms", "2027-03", {1, 65'000});
    add_spending(transaction, "sms", "2027-04", {1, 65'000});
    EXPECT_EQ(spending(transaction, "sms", "2027-03").segments, 3);
    EXPECT_EQ(spending(transaction, "sms", "2027-03").micros, 195'000);
  });
}

TEST(Committed, the_listener_hears_of_what_was_committed_and_of_nothing_else) {
  const std::unique_ptr<Writer> writer = in_memory();
  std::mutex mutex;
  std::vector<Notes> heard;
  writer->on_committed([&](const Notes& notes) {
    const std::lock_guard lock(mutex);
    heard.push_back(notes);
  });
  ASSERT_TRUE(transact_now(*writer, [](Transaction& transaction) { transaction.note_due(); }));
  ASSERT_TRUE(transact_now(*writer, [](Transaction&) {}));
  EXPECT_FALSE(transact_now(*writer, [](Transaction& transaction) {
    transaction.note_outbound("sms");
    throw std::runtime_error("rolled back");
  }));
  ASSERT_TRUE(transact_now(*writer, [](Transaction& transaction) { transaction.note_outbound("sms"); }));
  writer->stop();
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_TRUE(heard[0].due);
  EXPECT_TRUE(heard[0].channels.empty());
  EXPECT_EQ(heard[1].channels, std::set<std::string>{"sms"});
}

TEST(Committed, a_listener_that_was_taken_away_runs_no_more) {
  const std::unique_ptr<Writer> writer = in_memory();
  std::latch hears(1);
  std::latch taking(1);
  std::atomic<bool> taken = false;
  bool heard_after = false;
  writer->on_committed([&](const Notes&) {
    hears.count_down();
    taking.wait();
    for (int i = 0; i < 1'000 && !taken; ++i) std::this_thread::yield();  // time to be overtaken in
    heard_after = taken;
  });
  std::thread commits(
      [&] { static_cast<void>(transact_now(*writer, [](Transaction& transaction) { transaction.note_due(); })); });
  hears.wait();
  taking.count_down();
  writer->on_committed({});
  taken = true;
  commits.join();
  writer->stop();
  EXPECT_FALSE(heard_after);
}

}  // namespace
}  // namespace passerelle::store
