// What staff see of messages that go out.
#include "store/outbound_list.hpp"

#include <gtest/gtest.h>

#include "store/task.hpp"
#include "store/task_list.hpp"
#include "unit/store/queue.hpp"

namespace passerelle::store {
namespace {

using std::chrono::minutes;

class OutboundList : public Outbox {
 protected:
  static std::vector<OutboundId> listed(Transaction& transaction, const MessageFilter& filter) {
    std::vector<OutboundId> ids;
    for (const ListedMessage& message : newest_messages(transaction, filter)) ids.push_back(message.id);
    return ids;
  }
};

TEST_F(OutboundList, the_newest_come_first_and_a_filter_takes_states_and_an_address) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId sent = queue(transaction, {"+1"});
    const OutboundId failed = queue(transaction, {"+2"});
    const OutboundId waits = queue(transaction, {"+1"});
    mark_accepted(transaction, {sent}, "sms", "SM1", later);
    mark_failed(transaction, failed, "30003", later);
    EXPECT_EQ(listed(transaction, {{}, {}, 10}), (Ids{waits, failed, sent}));
    EXPECT_EQ(listed(transaction, {{}, {}, 1}), Ids{waits});
    EXPECT_EQ(listed(transaction, {{Delivery::failed, Delivery::sent}, {}, 10}), (Ids{failed, sent}));
    EXPECT_EQ(listed(transaction, {{Delivery::read}, {}, 10}), Ids{});
    const AddressId first = find_address(transaction, {"sms", "+1"});
    EXPECT_EQ(listed(transaction, {{}, first, 10}), (Ids{waits, sent}));
    EXPECT_EQ(listed(transaction, {{Delivery::sent}, first, 10}), Ids{sent});
  });
}

TEST_F(OutboundList, a_message_tells_its_state_its_reason_and_what_the_gateway_said) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message =
        queue(transaction, {"+1", MessageClass::reminder, later + minutes(9), {}, {"Bon", "jour"}});
    ASSERT_EQ(taken(transaction), Ids{message});
    EXPECT_TRUE(find_message(transaction, message)->on_its_way);
    mark_waiting(transaction, message, "503", later + minutes(1));
    const auto waiting = find_message(transaction, message);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->ref, ref(message));
    EXPECT_EQ(waiting->to, (Address{"sms", "+1"}));
    EXPECT_EQ(waiting->text, "Bonjour");
    EXPECT_EQ(waiting->segments, 2);
    EXPECT_EQ(waiting->message_class, MessageClass::reminder);
    EXPECT_EQ(waiting->state, Delivery::queued);
    EXPECT_EQ(waiting->why, "503");
    EXPECT_EQ(waiting->next_at, later + minutes(1));
    EXPECT_EQ(waiting->not_after, later + minutes(9));
    EXPECT_EQ(waiting->attempts, 1);
    EXPECT_FALSE(waiting->on_its_way);
    mark_accepted(transaction, {message}, "sms", "SM1", later);
    record_receipt(transaction, {ref(message), "", Delivery::sent, ""}, "sms", later);
    record_receipt(transaction, {ref(message), "", Delivery::failed, "30003"}, "sms", later + minutes(2));
    const auto failed = find_message(transaction, message);
    EXPECT_EQ(failed->state, Delivery::failed);
    EXPECT_EQ(failed->why, "30003");
    EXPECT_EQ(failed->since, later + minutes(2));
    EXPECT_EQ(failed->next_at, std::nullopt) << "it waits for nothing";
    EXPECT_EQ(receipts_of(transaction, message), (std::vector<std::string>{"sent", "failed 30003"}));
  });
}

TEST_F(OutboundList, a_message_that_leaves_part_by_part_tells_how_far_it_is) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {"+1", MessageClass::notice, {}, {}, {"a", "b", "c"}});
    EXPECT_EQ(find_message(transaction, message)->requests, 1) << "nobody has made a request yet";
    mark_accepted(transaction, {message, 0, 3}, "sms", "SM1", later);
    EXPECT_EQ(find_message(transaction, message)->requests, 3);
    EXPECT_EQ(find_message(transaction, message)->requests_taken, 1);
    mark_uncertain(transaction, {message, 1, 3}, "timeout", later);
    EXPECT_EQ(find_message(transaction, message)->requests_taken, 1) << "nobody knows of the second";
  });
}

TEST_F(OutboundList, the_beginning_of_a_ref_names_one_or_tells_that_it_does_not) {
  in_transaction([this](Transaction& transaction) {
    const OutboundId message = queue(transaction, {});
    EXPECT_EQ(messages_named(transaction, ref(message).substr(0, 8)), Ids{message});
    EXPECT_EQ(messages_named(transaction, ref(message) + "0"), Ids{});
    for (int i = 0; i < 20; ++i) queue(transaction, {});
    EXPECT_EQ(messages_named(transaction, "").size(), 2u);
  });
}

TEST_F(OutboundList, what_leaves_before_a_message_is_what_its_class_does_not_overtake) {
  in_transaction([this](Transaction& transaction) {
    queue(transaction, {"+1", MessageClass::notice, {}, {}, {"a", "b", "c"}});
    queue(transaction, {"+2", MessageClass::reply});
    const OutboundId gone = queue(transaction, {"+3", MessageClass::crisis});
    EXPECT_EQ(waiting_ahead(transaction, "sms", MessageClass::notice).messages, 3);
    EXPECT_EQ(waiting_ahead(transaction, "sms", MessageClass::notice).segments, 5);
    EXPECT_EQ(waiting_ahead(transaction, "sms", MessageClass::reminder).messages, 2);
    mark_accepted(transaction, {gone}, "sms", "SM1", later);
    EXPECT_EQ(waiting_ahead(transaction, "sms", MessageClass::reminder).segments, 1);
    EXPECT_EQ(waiting_ahead(transaction, "other", MessageClass::notice).messages, 0);
  });
}

TEST_F(OutboundList, the_texts_on_a_phone_are_those_that_left_or_may_have) {
  in_transaction([this](Transaction& transaction) {
    const auto make = [&](const std::string& text) {
      return queue(transaction, {"+1", MessageClass::notice, {}, {}, {text}});
    };
    const OutboundId sent = make("sent");
    mark_accepted(transaction, {sent}, "sms", "SM1", later);
    mark_failed(transaction, make("failed"), "30003", later);
    mark_uncertain(transaction, {make("uncertain")}, "timeout", later);
    make("on its way");
    ASSERT_EQ(taken(transaction).size(), 1u);
    make("waits");
    queue(transaction, {"+2", MessageClass::notice, {}, {}, {"another's"}});
    const AddressId phone = find_address(transaction, {"sms", "+1"});
    std::vector<std::string> texts;
    for (const TextOnPhone& text : texts_on_phone(transaction, phone)) texts.push_back(text.text);
    EXPECT_EQ(texts, (std::vector<std::string>{"on its way", "uncertain", "sent"}));
    EXPECT_EQ(waiting_for(transaction, phone).messages, 2);
    EXPECT_EQ(waiting_for(transaction, phone).on_their_way, 1);
  });
}

class StuckMessages : public Noun {};

TEST_F(StuckMessages, those_of_an_open_task_are_found_as_they_came) {
  in_transaction([](Transaction& transaction) {
    InboundMessage photo = text_from("+1", "SM1", "voyez");
    photo.kind = InboundMessage::Kind::media;
    photo.attachments = {{"https://example.org/a.jpg", "image/jpeg"}};
    photo.payload = "q0123456789abcdef.2";
    const Remembered first = remember(transaction, photo, morning);
    mark_stuck(transaction, first.id, "a bug", morning);
    open_task(transaction, "stuck", first.address, first.id, morning);
    remember(transaction, text_from("+1", "SM2"), morning);
    const Remembered other = remember(transaction, text_from("+2", "SM3"), morning);
    mark_stuck(transaction, other.id, "a bug", morning);
    const Remembered last = remember(transaction, text_from("+1", "SM4"), later);
    mark_stuck(transaction, last.id, "a bug", later);
    open_task(transaction, "stuck", last.address, last.id, later);
    const auto tasks = open_tasks_of(transaction, "stuck", 10);
    ASSERT_EQ(tasks.size(), 1u);
    const auto stuck = stuck_inbound(transaction, tasks.front().id, 10);
    ASSERT_EQ(stuck.size(), 2u);
    EXPECT_EQ(stuck[0].id, first.id);
    EXPECT_EQ(stuck[0].address, first.address);
    EXPECT_EQ(stuck[0].message.from, photo.from);
    EXPECT_EQ(stuck[0].message.kind, photo.kind);
    EXPECT_EQ(stuck[0].message.text, "voyez");
    EXPECT_EQ(stuck[0].message.provider_id, "SM1");
    EXPECT_EQ(stuck[0].message.sent_at, morning);
    EXPECT_EQ(stuck[0].message.payload, photo.payload) << "taken again it is still that answer";
    EXPECT_EQ(stuck[1].message.payload, "");
    ASSERT_EQ(stuck[0].message.attachments.size(), 1u);
    EXPECT_EQ(stuck[0].message.attachments[0].url, "https://example.org/a.jpg");
    EXPECT_EQ(stuck[1].id, last.id);
    EXPECT_EQ(stuck_inbound(transaction, tasks.front().id, 1).size(), 1u);
  });
}

}  // namespace
}  // namespace passerelle::store
