// Messages that leave in several requests, and those of which nobody knows whether they left.
#include <gtest/gtest.h>

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
    EXPECT_TRUE(tell(Delivery::delivered, "a")) << "it overtook the gateway's answer: it is sent, at least";
    EXPECT_EQ(state_of(transaction, message), "sent");
    mark_accepted(transaction, {message, 0, 1}, "sms", "", later);
    EXPECT_FALSE(tell(Delivery::delivered, "a"));
    EXPECT_FALSE(tell(Delivery::delivered, "b"));
    EXPECT_FALSE(tell(Delivery::delivered, "b"));
    EXPECT_EQ(state_of(transaction, message), "sent");
    EXPECT_TRUE(tell(Delivery::delivered, "c"));
    EXPECT_EQ(state_of(transaction, message), "delivered");
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
