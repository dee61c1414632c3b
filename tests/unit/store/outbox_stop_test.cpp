// What is stopped: by STOP, by a move or a cancellation, by staff; also while a request for it is on its way.
#include <gtest/gtest.h>

#include "domain/contact.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"
#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

using std::chrono::minutes;

class OutboxStop : public Outbox {
 protected:
  static AddressId address(Transaction& transaction, const std::string& user = "+41790000001") {
    return find_or_add_address(transaction, {"sms", user}, later);
  }
  static std::vector<std::string> kinds(Transaction& transaction, AddressId address) {
    std::vector<std::string> found;
    for (const auto& task : open_tasks(transaction, address)) found.push_back(task.kind);
    return found;
  }
  static std::string why(Transaction& transaction, OutboundId message) {
    Statement statement(transaction.database(), "SELECT why FROM outbound WHERE id = ?1", message);
    return statement.next() ? statement.get<std::string>(0) : std::string();
  }
};

TEST_F(OutboxStop, a_stop_reaches_what_waits_but_no_reply_and_no_crisis_and_nobody_else) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId crisis = queue(transaction, {.message_class = MessageClass::crisis});
    const OutboundId reply = queue(transaction, {.message_class = MessageClass::reply});
    const OutboundId reminder = queue(transaction, {});
    const OutboundId notice = queue(transaction, {.message_class = MessageClass::notice});
    const OutboundId other = queue(transaction, {.user = "+2"});
    EXPECT_EQ(stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later), 2);
    EXPECT_EQ(state_of(transaction, reminder), "stopped");
    EXPECT_EQ(state_of(transaction, notice), "stopped");
    EXPECT_EQ(why(transaction, reminder), "consent");
    for (const OutboundId message : {crisis, reply, other}) EXPECT_EQ(state_of(transaction, message), "queued");
    EXPECT_EQ(kinds(transaction, address(transaction)), std::vector<std::string>{"call_or_letter"});
  });
}

TEST_F(OutboxStop, nobody_is_called_when_nothing_was_stopped) {
  in_transaction([this](Transaction& transaction) {
    queue(transaction, {.message_class = MessageClass::reply});
    EXPECT_EQ(stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later), 0);
    EXPECT_TRUE(kinds(transaction, address(transaction)).empty());
  });
}

TEST_F(OutboxStop, who_appointments_only_keeps_reminders) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId reminder = queue(transaction, {});
    const OutboundId shift = queue(transaction, {.message_class = MessageClass::shift});
    stop_outbound_to(transaction, address(transaction), MessageClass::shift, "consent", later);
    EXPECT_EQ(state_of(transaction, reminder), "queued");
    EXPECT_EQ(state_of(transaction, shift), "stopped");
  });
}

// The request was under way when STOP came, and the gateway was down: the next try would be a message after STOP.
TEST_F(OutboxStop, what_was_on_its_way_at_a_stop_is_not_tried_again) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId first = queue(transaction, {});
    const OutboundId second = queue(transaction, {.user = "+2"});
    ASSERT_EQ(taken(transaction), (Ids{first, second}));
    stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later);
    stop_outbound_to(transaction, address(transaction, "+2"), MessageClass::reminder, "consent", later);
    EXPECT_EQ(state_of(transaction, first), "queued") << "nobody knows yet whether it left";
    mark_waiting(transaction, first, "503", later + minutes(1));
    put_back(transaction, second, "401", later + minutes(1));
    EXPECT_EQ(state_of(transaction, first), "stopped");
    EXPECT_EQ(state_of(transaction, second), "stopped");
    EXPECT_EQ(why(transaction, first), "consent");
    EXPECT_EQ(taken(transaction, 100, later + minutes(5)), Ids{});
  });
}

TEST_F(OutboxStop, what_left_all_the_same_is_told_as_it_is) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later);
    mark_accepted(transaction, {message}, "sms", "SM1", later);
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_EQ(why(transaction, message), "");
  });
}

TEST_F(OutboxStop, an_uncertain_one_that_was_stopped_is_sent_again_by_a_person_only) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later);
    mark_uncertain(transaction, {message}, "deadline", later);
    EXPECT_FALSE(send_again_once(transaction, message, later));
    EXPECT_TRUE(send_again(transaction, message, {}, later));
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_waiting(transaction, message, "503", later + minutes(1));
    EXPECT_EQ(state_of(transaction, message), "queued") << "the person decided after the stop";
  });
}

TEST_F(OutboxStop, the_rest_of_a_message_in_parts_stays) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {.parts = {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "consent", later);
    mark_accepted(transaction, {message, 0, 2}, "sms", "", later);
    EXPECT_EQ(state_of(transaction, message), "stopped");
    EXPECT_EQ(why(transaction, message), "consent");
    EXPECT_EQ(taken(transaction), Ids{});
  });
}

TEST_F(OutboxStop, what_is_about_one_thing_stops_and_what_is_about_its_neighbours_does_not) {
  in_transaction([](Transaction& transaction) {
    const auto about = [&](const std::string& cause, const std::string& user) {
      OutboundMessage message = reply_to(InboundId{1}, 0);
      message.to.user = user;
      message.cause = cause;
      message.message_class = MessageClass::reminder;
      insert_outbound(transaction, find_or_add_address(transaction, message.to, morning), message, {}, morning);
      return message.id;
    };
    const OutboundId one = about("inv:1:0:two_days", "+1");
    const OutboundId on_its_way = about("inv:1:0:two_hours", "+2");
    const OutboundId eleven = about("inv:11:0:two_days", "+3");
    const OutboundId two = about("inv:2:0:two_days", "+4");
    take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 100, later, lease);
    for (const OutboundId message : {one, eleven, two}) mark_waiting(transaction, message, "503", later);
    stop_outbound_about(transaction, "inv:1:", "appointment_moved", later);
    EXPECT_EQ(state_of(transaction, one), "stopped");
    EXPECT_EQ(state_of(transaction, eleven), "queued");
    EXPECT_EQ(state_of(transaction, two), "queued");
    mark_waiting(transaction, on_its_way, "503", later + minutes(1));
    EXPECT_EQ(state_of(transaction, on_its_way), "stopped") << "the old time is not told after the move";
    EXPECT_EQ(why(transaction, on_its_way), "appointment_moved");
  });
}

TEST_F(OutboxStop, an_opt_out_at_the_gateway_reaches_what_waits_too) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    const OutboundId waits = queue(transaction, {.not_before = later + minutes(9)});
    const OutboundId reply =
        queue(transaction, {.message_class = MessageClass::reply, .not_before = later + minutes(9)});
    ASSERT_EQ(taken(transaction), Ids{});
    Receipt receipt{ref(message), "SM1", Delivery::failed, "21610"};
    receipt.opted_out = true;
    record_receipt(transaction, receipt, "sms", later);
    EXPECT_EQ(state_of(transaction, waits), "stopped");
    EXPECT_EQ(why(transaction, waits), "consent");
    EXPECT_EQ(state_of(transaction, reply), "queued");
  });
}

TEST_F(OutboxStop, nobody_calls_or_writes_to_a_discreet_contact_without_a_look) {
  in_transaction([this](Transaction& transaction) {
    Contact contact;
    contact.discreet = true;
    save_contact(transaction, address(transaction), contact, morning);
    queue(transaction, {});
    stop_outbound_to(transaction, address(transaction), MessageClass::reminder, "paused", later);
    const OutboundId refused = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{refused});
    mark_failed(transaction, refused, "21211", later);
    EXPECT_EQ(kinds(transaction, address(transaction)), std::vector<std::string>{"private"});
  });
}

}  // namespace
}  // namespace passerelle::store
