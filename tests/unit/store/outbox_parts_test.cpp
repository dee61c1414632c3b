// Messages that leave in several requests, and those of which nobody knows whether they left.
#include <gtest/gtest.h>

#include "store/channel_state.hpp"
#include "store/conversation.hpp"
#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

TEST_F(Outbox, a_message_of_several_requests_is_sent_after_the_last_and_delivered_when_all_parts_are) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux ", "trois"}});
    for (std::size_t part = 0; part < 3; ++part) {
      const auto now_taken = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10, later, lease);
      ASSERT_EQ(now_taken.size(), 1U);
      EXPECT_EQ(now_taken.front().part, part);
      EXPECT_EQ(now_taken.front().attempt, 1) << "counted for each part";
      EXPECT_EQ(state_of(transaction, message), "queued");
      mark_accepted(transaction, {message, part, 3}, "sms", "", later);
    }
    EXPECT_EQ(state_of(transaction, message), "sent");
    const auto delivered = [&](std::size_t part) {
      return record_receipt(transaction, {ref(message), "", Delivery::delivered, "", part}, "sms", later);
    };
    EXPECT_FALSE(delivered(2));
    EXPECT_FALSE(delivered(0));
    EXPECT_TRUE(delivered(1));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

TEST_F(Outbox, a_part_that_failed_fails_the_message) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    for (std::size_t part = 0; part < 2; ++part) {
      ASSERT_EQ(taken(transaction), Ids{message});
      mark_accepted(transaction, {message, part, 2}, "sms", "", later);
    }
    record_receipt(transaction, {ref(message), "", Delivery::delivered, "", 0}, "sms", later);
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "", Delivery::failed, "16", 1}, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "failed");
  });
}

TEST_F(Outbox, the_reason_of_a_part_that_failed_before_the_last_one_was_taken_stays) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 2}, "sms", "", later);
    ASSERT_EQ(taken(transaction), Ids{message});
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "", Delivery::failed, "16", 0}, "sms", later));
    mark_accepted(transaction, {message, 1, 2}, "sms", "", later);
    EXPECT_EQ(state_of(transaction, message), "failed");
    Statement row(transaction.database(), "SELECT why FROM outbound WHERE id = ?1", message);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.get<std::string>(0), "16");
  });
}

TEST_F(Outbox, an_early_receipt_of_one_part_does_not_deliver_the_message) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    EXPECT_FALSE(record_receipt(transaction, {ref(message), "", Delivery::delivered, "", 0}, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "queued");
    mark_accepted(transaction, {message, 0, 2}, "sms", "", later);
    const auto second = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10, later, lease);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second.front().part, 1U);
  });
}

TEST_F(Outbox, parts_that_only_the_gateway_can_tell_apart_are_counted_once_each) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux ", "trois"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    const auto tell = [&](Delivery state, const std::string& part_id) {
      Receipt receipt{ref(message), "", state, ""};
      receipt.part_id = part_id;
      return record_receipt(transaction, receipt, "sms", later);
    };
    EXPECT_FALSE(tell(Delivery::delivered, "a"))
        << "it overtook the gateway's answer, which may be about this part only";
    EXPECT_EQ(state_of(transaction, message), "queued");
    mark_accepted(transaction, {message, 0, 1}, "sms", "", later);
    EXPECT_FALSE(tell(Delivery::delivered, "a"));
    EXPECT_FALSE(tell(Delivery::delivered, "b"));
    EXPECT_FALSE(tell(Delivery::delivered, "b"));
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_TRUE(tell(Delivery::delivered, "c"));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

TEST_F(Outbox, a_gateway_that_reports_to_two_webhooks_has_not_delivered_two_parts) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 1}, "sms", "", later);
    const auto tell = [&](const std::string& part_id) {
      Receipt receipt{ref(message), "", Delivery::delivered, ""};
      receipt.part_id = part_id;
      return record_receipt(transaction, receipt, "sms", later);
    };
    EXPECT_FALSE(tell("w1/a"));
    EXPECT_FALSE(tell("w2/b"));
    EXPECT_FALSE(tell("w1/a"));
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_TRUE(tell("w1/c"));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

TEST_F(Outbox, one_part_that_arrived_does_not_send_a_message_of_which_the_others_may_be_missing) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::crisis, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message}, "part-9", later);
    const auto tell = [&](Delivery state, const std::string& part_id) {
      Receipt receipt{ref(message), "", state, ""};
      receipt.part_id = part_id;
      return record_receipt(transaction, receipt, "sms", later);
    };
    EXPECT_FALSE(tell(Delivery::sent, "a"));
    EXPECT_FALSE(tell(Delivery::delivered, "a"));
    EXPECT_EQ(state_of(transaction, message), "uncertain");
    ASSERT_TRUE(send_again_once(transaction, message, later));
    EXPECT_FALSE(tell(Delivery::delivered, "a"));
    EXPECT_EQ(taken(transaction), Ids{message}) << "a cry's answer is sent again, half of it twice";
    EXPECT_TRUE(tell(Delivery::sent, "b")) << "the gateway has all of it";
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_TRUE(tell(Delivery::delivered, "b"));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

TEST_F(Outbox, an_early_receipt_keeps_what_it_said_of_a_part_and_of_consent) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    Receipt receipt{"", "SM7", Delivery::delivered, ""};
    receipt.part_id = "SM7";
    EXPECT_FALSE(record_receipt(transaction, receipt, "sms", later));
    mark_accepted(transaction, {message, 0, 1}, "sms", "SM7", later);
    EXPECT_EQ(state_of(transaction, message), "sent") << "one part of two";

    const OutboundId other = queue(transaction, {"+2", MessageClass::reply});
    ASSERT_EQ(taken(transaction), Ids{other});
    receipt = {"", "SM8", Delivery::failed, "1240"};
    receipt.opted_out = true;
    EXPECT_FALSE(record_receipt(transaction, receipt, "sms", later));
    mark_accepted(transaction, {other, 0, 1}, "sms", "SM8", later);
    EXPECT_EQ(state_of(transaction, other), "failed");
    const AddressId stopped = find_or_add_address(transaction, {"sms", "+2"}, later);
    EXPECT_EQ(load_conversation(transaction, stopped).consent, Consent::stopped);
  });
}

TEST_F(Outbox, a_receipt_about_our_account_stops_the_channel_when_it_is_news) {
  in_transaction([this](Transaction& transaction) {
    const auto fail = [&](OutboundId message) {
      Receipt receipt{ref(message), "", Delivery::failed, "131042"};
      receipt.misconfigured = true;
      return record_receipt(transaction, receipt, "sms", later);
    };
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 1}, "sms", "", later);
    EXPECT_TRUE(fail(message));
    EXPECT_EQ(load_channel_state(transaction, "sms").why, "131042");
    resume_channel(transaction, "sms");
    EXPECT_FALSE(fail(message));
    EXPECT_FALSE(load_channel_state(transaction, "sms").paused_at) << "a repeat, and the operator has paid";

    const OutboundId other = queue(transaction, {"+2", MessageClass::reply});
    ASSERT_EQ(taken(transaction), Ids{other});
    Receipt early{"", "SM9", Delivery::failed, "131031"};
    early.misconfigured = true;
    EXPECT_FALSE(record_receipt(transaction, early, "sms", later));
    EXPECT_FALSE(load_channel_state(transaction, "sms").paused_at);
    mark_accepted(transaction, {other, 0, 1}, "sms", "SM9", later);
    EXPECT_EQ(load_channel_state(transaction, "sms").why, "131031");
  });
}

TEST_F(Outbox, one_part_of_any_name_that_failed_fails_the_message) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reply, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 1}, "sms", "", later);
    Receipt receipt{ref(message), "", Delivery::delivered, ""};
    receipt.part_id = "a";
    EXPECT_FALSE(record_receipt(transaction, receipt, "sms", later));
    receipt = {ref(message), "", Delivery::failed, "SC_65"};
    receipt.part_id = "b";
    EXPECT_TRUE(record_receipt(transaction, receipt, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "failed");
  });
}

TEST_F(Outbox, an_uncertain_message_is_held_and_the_policy_sends_it_once_more_only) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message}, "deadline", later);
    EXPECT_EQ(state_of(transaction, message), "uncertain");
    EXPECT_EQ(taken(transaction), Ids{});
    EXPECT_TRUE(send_again_once(transaction, message, later));
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message}, "deadline", later);
    EXPECT_FALSE(send_again_once(transaction, message, later));
    EXPECT_EQ(state_of(transaction, message), "uncertain");
    EXPECT_TRUE(send_again(transaction, message, {}, later)) << "a person may decide otherwise";
    EXPECT_EQ(taken(transaction), Ids{message});
  });
}

TEST_F(Outbox, what_was_sent_again_and_did_not_leave_in_time_is_uncertain_and_not_expired) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::reminder, later + std::chrono::minutes(3)});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message}, "deadline", later);
    ASSERT_TRUE(send_again_once(transaction, message, later));
    mark_waiting(transaction, message, "503", later + std::chrono::minutes(15));
    EXPECT_EQ(taken(transaction, 100, later + std::chrono::minutes(3)), Ids{});
    EXPECT_EQ(state_of(transaction, message), "uncertain") << "the first sending may have arrived";
  });
}

TEST_F(Outbox, an_uncertain_part_is_the_first_to_be_sent_again) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::crisis, {}, {}, {"un ", "deux ", "trois"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 3}, "sms", "", later);
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message, 1, 3}, "reset", later);
    ASSERT_TRUE(send_again_once(transaction, message, later));
    const auto again = take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10, later, lease);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again.front().part, 1U);
  });
}

TEST_F(Outbox, receipts_that_know_of_every_part_settle_a_lost_answer_and_nothing_leaves_again) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::crisis, {}, {}, {"un ", "deux"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_accepted(transaction, {message, 0, 2}, "sms", "", later);
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message, 1, 2}, "deadline", later);
    ASSERT_TRUE(send_again_once(transaction, message, later)) << "its last part waits to be sent again";
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "", Delivery::sent, "", 1}, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_EQ(taken(transaction), Ids{});
    EXPECT_FALSE(record_receipt(transaction, {ref(message), "", Delivery::delivered, "", 0}, "sms", later));
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "", Delivery::delivered, "", 1}, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

TEST_F(Outbox, what_may_have_arrived_once_is_not_called_stopped) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    ASSERT_EQ(taken(transaction), Ids{message});
    mark_uncertain(transaction, {message}, "deadline", later);
    ASSERT_TRUE(send_again(transaction, message, {}, later));
    EXPECT_TRUE(stop_outbound(transaction, message, "staff", later));
    EXPECT_EQ(state_of(transaction, message), "uncertain");
    EXPECT_TRUE(record_receipt(transaction, {ref(message), "SM1", Delivery::delivered, ""}, "sms", later));
    EXPECT_EQ(state_of(transaction, message), "delivered");
  });
}

}  // namespace
}  // namespace passerelle::store
