// What cannot be told to one address of a person, and goes on to the next.
#include "unit/turns/next_address_room.hpp"

namespace passerelle::turns {
namespace {

TEST_F(NextAddress, goes_on_once_for_each_failure_and_calls_a_person_after_the_last) {
  heard(now_);
  fail(send(chat_, now_), now_);
  EXPECT_EQ(story(), (Places{"chat failed", "sms queued"}));
  fail(ids_["chat"], now_);
  EXPECT_EQ(story(), (Places{"chat failed", "sms queued"})) << "a failure that is told twice";
  fail(ids_["sms"], now_);
  EXPECT_EQ(story(), (Places{"chat failed", "sms failed", "second queued"}));
  EXPECT_EQ(open_tasks(), 0);
  fail(ids_["second"], now_);
  EXPECT_EQ(story(), (Places{"chat failed", "sms failed", "second failed"}));
  EXPECT_EQ(open_tasks(), 1);
  EXPECT_EQ(rows()[2].cause, "desk:1>" + std::to_string(second_.id.value));
}

TEST_F(NextAddress, a_first_message_that_fails_late_does_not_find_a_third_way) {
  heard(now_);
  channels_["chat"].policy.receipt_within = std::chrono::minutes(60);
  const OutboundId first = send(chat_, now_);
  work([&](auto& transaction) { store::mark_accepted(transaction, {first}, "chat", "id-1", now_); });
  go_on(now_ + std::chrono::minutes(60));
  EXPECT_EQ(story(), (Places{"chat sent", "sms queued"}));
  work([&](auto& transaction) { store::drain_channel(transaction, "sms", now_); });
  fail(first, now_ + std::chrono::minutes(61));
  EXPECT_EQ(story(), (Places{"chat failed", "sms queued"}));
}

TEST_F(NextAddress, the_window_is_open_for_a_day_after_the_last_message) {
  EXPECT_EQ(way(now_).to.address.channel, "sms");
  EXPECT_EQ(way(now_).because, because_window);
  heard(now_);
  heard(now_ - std::chrono::hours(30));  // an older message that comes late
  EXPECT_EQ(way(now_).to.address.channel, "chat");
  EXPECT_EQ(way(now_ + std::chrono::hours(24) - Milliseconds(1)).to.address.channel, "chat");
  EXPECT_EQ(way(now_ + std::chrono::hours(24)).to.address.channel, "sms");
  work([&](auto& transaction) { store::drain_channel(transaction, "sms", now_); });
  EXPECT_EQ(way(now_ + std::chrono::hours(24)).to.address.channel, "second");
}

TEST_F(NextAddress, a_gateway_that_tells_nothing_any_more_is_left_out_until_it_does_or_is_tried_again) {
  const std::chrono::minutes limit(60);
  channels_["chat"].policy.receipt_within = limit;
  heard(now_);
  const auto overdue = [&](int person) {
    work([&](auto& transaction) { store::note_overdue(transaction, "chat", AddressId{person}, now_); });
  };
  for (int i = 0; i < 20; ++i) overdue(1);  // one telephone that is switched off
  for (int person = 2; person < store::overdue_until_silent; ++person) overdue(person);
  EXPECT_EQ(way(now_).to.address.channel, "chat");
  overdue(store::overdue_until_silent);
  EXPECT_EQ(way(now_).to.address.channel, "sms");
  EXPECT_EQ(way(now_).because, because_silent);
  EXPECT_EQ(way(now_ + limit * store::limits_until_tried_again - Milliseconds(1)).to.address.channel, "sms");
  EXPECT_EQ(way(now_ + limit * store::limits_until_tried_again).to.address.channel, "chat");
  work([&](auto& transaction) { store::note_receipt(transaction, "chat", now_); });
  EXPECT_EQ(way(now_).to.address.channel, "chat");
  for (int person = 1; person < store::overdue_until_silent; ++person) overdue(person);
  EXPECT_EQ(way(now_).to.address.channel, "chat") << "it begins to count anew";
}

TEST_F(NextAddress, a_stop_is_not_got_around_not_even_outside_of_safe_hours) {
  stop(chat_.id);
  EXPECT_FALSE(way(now_).instead_of);
  Contact contact;
  contact.safe_hours = parse_safe_hours("18:00-19:00");
  note(chat_.id, contact);
  EXPECT_FALSE(way(now_).instead_of);
}

TEST_F(NextAddress, a_stop_anywhere_in_the_order_ends_it_with_a_task) {
  heard(now_);
  stop(to().id);
  EXPECT_FALSE(way(now_ + std::chrono::hours(25)).instead_of) << "not around the one in the middle";
  fail(send(chat_, now_), now_);
  EXPECT_EQ(story(), Places{"chat failed"});
  EXPECT_EQ(open_tasks(), 1);
}

TEST_F(NextAddress, a_stop_reaches_what_waits_at_the_next_address) {
  heard(now_);
  fail(send(chat_, now_), now_);
  EXPECT_EQ(story(), (Places{"chat failed", "sms queued"}));
  work([&](auto& transaction) {
    store::stop_outbound_to(transaction, chat_.id, MessageClass::reminder, "consent", now_);
  });
  EXPECT_EQ(story(), (Places{"chat failed", "sms stopped"}));
}

TEST_F(NextAddress, a_stop_leaves_alone_what_was_meant_for_the_other_address) {
  send(to(), now_);
  work([&](auto& transaction) {
    store::stop_outbound_to(transaction, chat_.id, MessageClass::reminder, "consent", now_);
  });
  EXPECT_EQ(story(), Places{"sms queued"});
}

TEST_F(NextAddress, right_before_it_leaves_the_first_address_is_asked_again) {
  heard(now_);
  fail(send(chat_, now_), now_);
  const auto leaves = [&] {
    bool may = false;
    work([&](auto& transaction) {
      for (const auto& taken :
           store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 1, now_, now_))
        may = may_leave(transaction, *content_, taken, now_);
      store::Statement(transaction.database(), "UPDATE outbound SET leased_until = NULL").run();
    });
    return may;
  };
  EXPECT_TRUE(leaves());
  Contact discreet;
  discreet.discreet = true;
  note(chat_.id, discreet);
  EXPECT_FALSE(leaves());
  EXPECT_EQ(story(), (Places{"chat failed", "sms stopped"}));
}

TEST_F(NextAddress, a_discreet_address_in_the_middle_ends_the_order) {
  Contact discreet;
  discreet.discreet = true;
  note(to().id, discreet);
  EXPECT_FALSE(way(now_, true).instead_of);
}

TEST_F(NextAddress, what_was_for_their_own_phone_goes_only_to_another_one_of_their_own) {
  Contact own;
  own.readers = Readers::own;
  note(chat_.id, own);
  EXPECT_FALSE(way(now_).instead_of);
  EXPECT_EQ(way(now_, true).to.address.channel, "sms") << "written anew for whoever reads it there";
  note(second_.id, own);
  EXPECT_EQ(way(now_).to.address.channel, "second");
  Contact discreet = own;
  discreet.discreet = true;
  note(chat_.id, discreet);
  EXPECT_FALSE(way(now_, true).instead_of);
}

TEST_F(NextAddress, nothing_goes_on_from_a_phone_that_two_people_read) {
  EXPECT_TRUE(way(now_).instead_of);
  Contact shared;
  shared.readers = Readers::shared;
  note(chat_.id, shared);
  EXPECT_FALSE(way(now_, true).instead_of);
  note(chat_.id, {});
  appoint("2027-03-24 14:30", [&](auto& entered) {
    entered.to = chat_.address;
    entered.name = "Amina";
  });
  EXPECT_TRUE(way(now_, true).instead_of);
  appoint("2027-03-24 15:30", [&](auto& entered) {
    entered.to = chat_.address;
    entered.name = "Bilal";
  });
  EXPECT_FALSE(way(now_, true).instead_of);
}

TEST_F(NextAddress, nor_does_it_go_to_a_telephone_where_another_name_is_known) {
  for (const auto& [name, to] : {std::pair{"Amina", chat_}, std::pair{"Bilal", second_}})
    appoint("2027-03-24 14:30", [&](auto& entered) {
      entered.to = to.address;
      entered.name = name;
    });
  EXPECT_FALSE(way(now_, true).instead_of);
}

TEST_F(NextAddress, an_appointment_is_told_there_no_more_fully_than_at_its_own_address) {
  Contact own;
  own.readers = Readers::own;
  note(to().id, own);
  const auto place = [&] {
    const Appointment entered = appoint("2027-03-24 14:30", [&](auto& each) { each.to = chat_.address; });
    run(entered, "two_days", entered.starts - std::chrono::hours(48));
    return rows().back().text.find("Valmoret") != std::string::npos;
  };
  EXPECT_FALSE(place());
  note(chat_.id, own);
  EXPECT_TRUE(place());
}

TEST_F(NextAddress, an_address_that_leaves_the_order_is_not_told_what_waits_there_for_another) {
  heard(now_);
  const Appointment theirs = appoint("2027-03-24 14:30", [&](auto& each) { each.to = chat_.address; });
  const Appointment own = appoint("2027-03-24 15:00");
  run(own, "two_days", now_ + std::chrono::hours(4));
  run(theirs, "two_days", now_ + std::chrono::hours(4));
  fail(last(), now_ + std::chrono::hours(4));
  ASSERT_EQ(story(), (Places{"sms queued", "chat failed", "sms queued"}));
  ASSERT_EQ(conversation().stack.size(), 2U);
  const AddressId sms = to().id;
  work([&](auto& transaction) { store::Statement(transaction.database(), "UPDATE task SET closed = 1").run(); });
  work([&](auto& transaction) { leave_order(transaction, sms, now_ + std::chrono::hours(5)); });
  EXPECT_EQ(story(), (Places{"sms queued", "chat failed", "sms stopped"}));
  ASSERT_EQ(conversation().stack.size(), 1U) << "their own question stays";
  EXPECT_EQ(open_tasks(), 1);
}

TEST_F(NextAddress, a_reply_stays_where_the_person_wrote) {
  heard(now_);
  const OutboundId sent = send(chat_, now_);
  work([&](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE outbound SET cause = 'in:1:0', class = 1").run();
  });
  fail(sent, now_);
  EXPECT_EQ(story(), (Places{"chat failed"}));
  EXPECT_EQ(open_tasks(), 1);
}

}  // namespace
}  // namespace passerelle::turns
