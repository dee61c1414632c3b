// Messages that came in, their replies, and what gateways say of these.
#include <gtest/gtest.h>

#include "store/sealed.hpp"
#include "unit/store/noun.hpp"

namespace passerelle::store {
namespace {

using Inbound = Noun;
using Outbound = Noun;
using Receipts = Noun;

TEST_F(Inbound, a_message_is_remembered_once_whatever_the_gateway_repeats) {
  in_transaction([](Transaction& transaction) {
    const Remembered first = remember(transaction, text_from("+41790000001", "SM1"), morning);
    const Remembered again = remember(transaction, text_from("+41790000001", "SM1", "another text"), later);
    const Remembered other = remember(transaction, text_from("+41790000001", "SM2"), later);
    EXPECT_FALSE(first.repeated);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.address, first.address);
    EXPECT_FALSE(other.repeated);
    EXPECT_NE(other.id, first.id);
    EXPECT_EQ(other.address, first.address) << "the same person's number";
    EXPECT_EQ(count_inbound(transaction).total, 2);
  });
}

TEST_F(Inbound, the_same_id_of_another_channel_is_another_message) {
  in_transaction([](Transaction& transaction) {
    InboundMessage elsewhere = text_from("+41790000001", "SM1");
    elsewhere.from.channel = "other";
    const Remembered here = remember(transaction, text_from("+41790000001", "SM1"), morning);
    const Remembered there = remember(transaction, elsewhere, morning);
    EXPECT_FALSE(there.repeated);
    EXPECT_NE(there.address, here.address);
  });
}

TEST_F(Inbound, a_message_without_the_gateways_id_is_refused) {
  in_transaction([](Transaction& transaction) {
    EXPECT_THROW(remember(transaction, text_from("+41790000001", ""), morning), std::invalid_argument);
    EXPECT_EQ(count_inbound(transaction).total, 0);
  });
}

TEST_F(Inbound, text_and_attachments_are_kept_sealed) {
  in_transaction([](Transaction& transaction) {
    InboundMessage message = text_from("+41790000001", "SM1", std::string("a\0b", 3));
    message.kind = InboundMessage::Kind::media;
    message.attachments = {{"https://media.example/1", "image/jpeg"}};
    remember(transaction, message, later);
    Statement row(transaction.database(),
                  "SELECT i.text, i.attachments, i.kind, i.sent_at, i.received_at, i.state, a.user"
                  " FROM inbound i JOIN address a ON a.id = i.address");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.get<std::string>(0), std::string("\0\0\0\0a\0b", 7)) << "key 0: not sealed yet";
    EXPECT_EQ(unseal(row.get<std::string>(1)), R"([{"url":"https://media.example/1","content_type":"image/jpeg"}])");
    EXPECT_EQ(row.get<std::string>(2), "media");
    EXPECT_EQ(row.get<TimePoint>(3), morning);
    EXPECT_EQ(row.get<TimePoint>(4), later);
    EXPECT_EQ(row.get<std::string>(5), "processed") << "the turn that fails says otherwise";
    EXPECT_EQ(unseal(row.get<std::string>(6)), "+41790000001");
  });
}

TEST_F(Inbound, processed_and_stuck_messages_are_counted) {
  in_transaction([](Transaction& transaction) {
    remember(transaction, text_from("a", "1"), morning);
    const InboundId stuck = remember(transaction, text_from("a", "2"), morning).id;
    mark_stuck(transaction, stuck, "no such step", later);
    const InboundCounts counts = count_inbound(transaction);
    EXPECT_EQ(counts.total, 2);
    EXPECT_EQ(counts.processed, 1);
    EXPECT_EQ(counts.stuck, 1);
    mark_processed(transaction, stuck, later);
    EXPECT_EQ(count_inbound(transaction).stuck, 0) << "a retry succeeded";
  });
}

TEST_F(Outbound, the_inline_replies_of_a_message_come_back_byte_for_byte_in_order) {
  in_transaction([](Transaction& transaction) {
    const Remembered remembered = remember(transaction, text_from("+41790000001", "SM1"), morning);
    std::vector<OutboundMessage> sent;
    for (int number = 0; number < 12; ++number) {
      OutboundMessage reply = reply_to(remembered.id, number, "Réponse " + std::to_string(number) + " ልጽሑፍ 💧");
      reply.encoding = number % 2 == 0 ? Encoding::ucs2 : Encoding::gsm7;
      if (number == 3) reply.parts = {"Réponse ", "3 ልጽሑፍ ", "💧"};
      if (number == 4) reply.parts = {"another spelling in one part"};
      if (number == 5) reply.parts = {};
      insert_outbound(transaction, remembered.address, reply, inline_until(later), morning);
      sent.push_back(reply);
    }
    const std::vector<OutboundMessage> found = inline_replies_of(transaction, remembered.id);
    ASSERT_EQ(found.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      EXPECT_TRUE(found[i].id);
      EXPECT_EQ(found[i].id, sent[i].id);
      EXPECT_EQ(found[i].ref, sent[i].ref);
      EXPECT_EQ(found[i].to, sent[i].to);
      EXPECT_EQ(found[i].cause, sent[i].cause);
      EXPECT_EQ(found[i].locale, sent[i].locale);
      EXPECT_EQ(found[i].text, sent[i].text);
      EXPECT_EQ(found[i].encoding, sent[i].encoding);
      EXPECT_EQ(found[i].parts, sent[i].parts);
    }
  });
}

TEST_F(Outbound, replies_of_other_messages_and_of_the_api_are_not_mixed_in) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    OutboundMessage stranger = reply_to(InboundId{answered.inbound.value * 10 + 1}, 0);
    insert_outbound(transaction, answered.address, stranger, inline_until(later), morning);
    OutboundMessage by_api = reply_to(answered.inbound, 1);
    insert_outbound(transaction, answered.address, by_api, Departure{}, morning);
    const std::vector<OutboundMessage> found = inline_replies_of(transaction, answered.inbound);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].ref, answered.reply.ref);
    EXPECT_TRUE(inline_replies_of(transaction, InboundId{999}).empty());
  });
}

TEST_F(Outbound, a_second_message_with_the_same_cause_is_refused) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    OutboundMessage twice = reply_to(answered.inbound, 0);
    EXPECT_THROW(insert_outbound(transaction, answered.address, twice, inline_until(later), morning), DatabaseError);
    OutboundMessage nameless = reply_to(answered.inbound, 1);
    nameless.ref.clear();
    EXPECT_THROW(insert_outbound(transaction, answered.address, nameless, inline_until(later), morning),
                 std::invalid_argument);
  });
}

TEST_F(Outbound, only_a_queued_inline_reply_is_marked_sent) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    OutboundMessage by_api = reply_to(answered.inbound, 1);
    insert_outbound(transaction, answered.address, by_api, Departure{}, morning);
    mark_inline_sent(transaction, {answered.reply.id, by_api.id}, later);
    EXPECT_EQ(state_of(transaction, answered.reply.id), "sent");
    EXPECT_EQ(state_of(transaction, by_api.id), "queued");
    record_receipt(transaction, {answered.reply.ref, "", Delivery::delivered, ""}, "sms", later);
    mark_inline_sent(transaction, {answered.reply.id}, later);
    EXPECT_EQ(state_of(transaction, answered.reply.id), "delivered");
  });
}

TEST_F(Outbound, replies_are_confirmed_together_and_those_between_them_are_not) {
  in_transaction([](Transaction& transaction) {
    const Answered first(transaction);
    std::vector<OutboundId> ids{first.reply.id};
    for (int number = 1; number < 6; ++number) {
      OutboundMessage reply = reply_to(first.inbound, number);
      insert_outbound(transaction, first.address, reply, number == 4 ? Departure{} : inline_until(later), morning);
      ids.push_back(reply.id);
    }
    mark_inline_uncertain(transaction, {ids[1]}, later);
    mark_inline_sent(transaction, {ids[5], ids[1], ids[0], ids[4], ids[3], ids[0]}, later);
    std::string states;
    for (const OutboundId id : ids) states += state_of(transaction, id) + " ";
    EXPECT_EQ(states, "sent sent queued sent queued sent ") << "one leaves by API, and one was not named";
    mark_inline_sent(transaction, {}, later);
  });
}

TEST_F(Outbound, a_start_finds_the_replies_that_nobody_has_confirmed_among_thousands) {
  in_transaction([](Transaction& transaction) {
    const Answered first(transaction);
    const auto up_to = [&] { return number(transaction, "SELECT up_to FROM confirmed_replies"); };
    // The next one takes the id after this.
    const auto number_of = [&](int count, std::int64_t id, TimePoint at) {
      OutboundMessage reply = reply_to(first.inbound, count);
      insert_outbound(transaction, first.address, reply, inline_until(at), at);
      Statement(transaction.database(), "UPDATE outbound SET id = ?2 WHERE id = ?1", reply.id, id).run();
      return OutboundId{id};
    };
    const OutboundId lost = number_of(1, 4000, later);
    mark_inline_sent(transaction, {first.reply.id, number_of(2, 4095, later)}, later);
    EXPECT_EQ(up_to(), 0) << "not at every one";
    mark_inline_sent(transaction, {number_of(3, 4096, later)}, later);
    EXPECT_EQ(up_to(), 3999);
    EXPECT_EQ(state_of(transaction, lost), "queued");
    const TimePoint much_later = later + std::chrono::hours(2);
    const OutboundId fresh = number_of(4, 8000, much_later);
    mark_inline_sent(transaction, {number_of(5, 8192, much_later)}, much_later);
    EXPECT_EQ(state_of(transaction, lost), "uncertain") << "and found no more at each look";
    EXPECT_EQ(up_to(), 7999);
    EXPECT_EQ(void_inline_leases(transaction, much_later), 1);
    EXPECT_EQ(state_of(transaction, fresh), "uncertain");
    EXPECT_EQ(up_to(), 8192);
    mark_inline_sent(transaction, {lost}, much_later);
    EXPECT_EQ(state_of(transaction, lost), "sent") << "the confirmation that came after all";
  });
}

TEST_F(Outbound, at_start_replies_that_nobody_saw_leave_are_uncertain) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    OutboundMessage written = reply_to(answered.inbound, 1);
    insert_outbound(transaction, answered.address, written, inline_until(later), morning);
    OutboundMessage by_api = reply_to(answered.inbound, 2);
    insert_outbound(transaction, answered.address, by_api, Departure{}, morning);
    mark_inline_sent(transaction, {written.id}, later);
    EXPECT_EQ(void_inline_leases(transaction, later), 1);
    EXPECT_EQ(void_inline_leases(transaction, later), 0);
    EXPECT_EQ(state_of(transaction, answered.reply.id), "uncertain");
    const OutboundCounts counts = count_outbound(transaction);
    EXPECT_EQ(counts.total, 3);
    EXPECT_EQ(counts.queued, 1);
    EXPECT_EQ(counts.sent, 1);
    EXPECT_EQ(counts.uncertain, 1);
    EXPECT_EQ(inline_replies_of(transaction, answered.inbound).size(), 2U) << "a repeat is still answered the same";
  });
}

TEST_F(Receipts, move_the_message_where_allowed_and_are_kept_in_any_case) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    const auto receive = [&](Delivery state) {
      return record_receipt(transaction, {answered.reply.ref, "", state, ""}, "sms", later);
    };
    EXPECT_TRUE(receive(Delivery::delivered)) << "it may beat our own note that it was sent";
    EXPECT_FALSE(receive(Delivery::sent)) << "late";
    EXPECT_FALSE(receive(Delivery::delivered)) << "repeated";
    EXPECT_TRUE(receive(Delivery::read));
    EXPECT_FALSE(receive(Delivery::failed));
    EXPECT_EQ(state_of(transaction, answered.reply.id), "read");
    EXPECT_EQ(number(transaction, "SELECT count(*) FROM receipt WHERE outbound IS NOT NULL"), 5);
    EXPECT_EQ(number(transaction, "SELECT sum(moved) FROM receipt"), 2);
    EXPECT_EQ(void_inline_leases(transaction, later), 0) << "a receipt ends the lease";
  });
}

TEST_F(Receipts, the_gateways_id_is_learnt_from_the_first) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    EXPECT_TRUE(record_receipt(transaction, {answered.reply.ref, "SM99", Delivery::sent, ""}, "sms", later));
    EXPECT_TRUE(record_receipt(transaction, {"", "SM99", Delivery::failed, "30003"}, "sms", later));
    EXPECT_EQ(state_of(transaction, answered.reply.id), "failed");
    EXPECT_EQ(number(transaction, "SELECT code FROM receipt WHERE id = 2"), 30003);
  });
}

TEST_F(Receipts, for_an_unknown_message_are_kept_for_later) {
  in_transaction([](Transaction& transaction) {
    EXPECT_FALSE(record_receipt(transaction, {"nobody", "SM5", Delivery::delivered, ""}, "sms", later));
    EXPECT_EQ(number(transaction, "SELECT count(*) FROM receipt WHERE outbound IS NULL AND provider_id = 'SM5'"), 1);
  });
}

TEST_F(Receipts, of_another_channel_move_nothing) {
  in_transaction([](Transaction& transaction) {
    const Answered answered(transaction);
    EXPECT_FALSE(record_receipt(transaction, {answered.reply.ref, "", Delivery::delivered, ""}, "other", later));
    EXPECT_EQ(state_of(transaction, answered.reply.id), "queued");
  });
}

}  // namespace
}  // namespace passerelle::store
