// People who have not written for a day: told by a text that was approved in their language, or at their next address.
#include "store/buttons.hpp"
#include "store/channel_order.hpp"
#include "store/outbox.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;

class ApprovedReminder : public Room {
 protected:
  ApprovedReminder() {
    channels_["sms"].window = hours(24);
    channels_["sms"].telephones = false;
    approve("fr", ApprovedText::Status::approved);
  }

  void approve(const Locale& language, ApprovedText::Status status, const std::string& place = "when") {
    ApprovedText text;
    text.kind = "reminder.two_days";
    text.language = language;
    text.name = "rappel_" + language;
    text.code = language;
    text.status = status;
    text.body = "Rappel: {" + place + "}\n1 = je viens\n2 = je ne peux pas\n3 = appelez-moi";
    text.places = {place};
    text.buttons = 3;
    channels_["sms"].approved = {text};
  }
  // What leaves for the reminder of this appointment, two days before it.
  std::vector<OutboundMessage> remind(const Appointment& appointment) {
    pass_until(appointment.starts - hours(48));
    std::vector<OutboundMessage> messages;
    work([&](auto& transaction) {
      for (auto& taken : store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10,
                                     appointment.starts - hours(48), appointment.starts))
        messages.push_back(std::move(taken.message));
    });
    return messages;
  }
  std::string name_of(const std::vector<OutboundMessage>& messages) {
    if (messages.size() != 1) return std::to_string(messages.size()) + " messages";
    return messages.front().approved ? messages.front().approved->name : "free words";
  }
};

TEST_F(ApprovedReminder, whoever_has_not_written_gets_the_approved_words_and_can_answer_them) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  const auto messages = remind(appointment);
  ASSERT_EQ(name_of(messages), "rappel_fr");
  const FilledText& approved = messages.front().approved.value();
  ASSERT_EQ(approved.values.size(), 1U);
  EXPECT_EQ(approved.values.front().substr(0, 17), "15.04.2027, 14:30");
  EXPECT_EQ(messages.front().text,
            "Rappel: " + approved.values.front() + "\n1 = je viens\n2 = je ne peux pas\n3 = appelez-moi");
  EXPECT_TRUE(messages.front().buttons.list.empty());
  ASSERT_EQ(approved.payloads.size(), 3U);
  InboundMessage press = passerelle::testing::text_from(phone_.user, "je ne peux pas", "press");
  press.payload = approved.payloads[1];
  press.sent_at = appointment.starts - hours(40);
  receive(press, appointment.starts - hours(40));
  EXPECT_EQ(found(appointment).response, Response::declined);
}

TEST_F(ApprovedReminder, whoever_wrote_today_is_told_in_our_own_words) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  say("Bonjour", appointment.starts - hours(50));
  EXPECT_EQ(name_of(remind(appointment)), "free words");
}

TEST_F(ApprovedReminder, only_what_is_approved_in_the_readers_own_language_is_used) {
  for (const auto& [reads, approved, status] : {std::tuple{"ti", "fr", ApprovedText::Status::approved},
                                                {"fr", "fr", ApprovedText::Status::pending},
                                                {"fr", "fr", ApprovedText::Status::rejected}}) {
    this->reads(reads);
    approve(approved, status);
    const auto messages = remind(appoint("2027-04-15 14:30"));
    for (const OutboundMessage& each : messages) EXPECT_FALSE(each.approved) << reads << " " << approved;
    leave();
  }
  reads("ti");
  approve("ti", ApprovedText::Status::approved);
  EXPECT_EQ(name_of(remind(appoint("2027-04-15 14:35"))), "rappel_ti");
}

TEST_F(ApprovedReminder, a_place_is_told_only_to_a_phone_that_nobody_else_reads) {
  approve("fr", ApprovedText::Status::approved, "site_name");
  EXPECT_FALSE(remind(appoint("2027-04-15 14:30")).front().approved) << "not known who else reads it";
  leave();
  Contact own;
  own.readers = Readers::own;
  record(own);
  EXPECT_EQ(name_of(remind(appoint("2027-04-16 14:30"))), "rappel_fr");
}

TEST_F(ApprovedReminder, a_discreet_contact_gets_no_words_that_others_have_approved) {
  Contact watched;
  watched.discreet = true;
  record(watched);
  for (const OutboundMessage& each : remind(appoint("2027-04-15 14:30"))) EXPECT_FALSE(each.approved);
}

TEST_F(ApprovedReminder, without_an_approved_text_the_next_address_is_told_and_with_one_this_one) {
  channels_["mail"].sends = true;
  const AddressId here = address();
  work([&](auto& transaction) {
    const AddressId there = store::find_or_add_address(transaction, {"mail", "amina"}, start_);
    store::set_channel_order(transaction, {here, there}, start_);
  });
  EXPECT_EQ(name_of(remind(appoint("2027-04-15 14:30"))), "rappel_fr");
  leave();
  approve("fr", ApprovedText::Status::pending);
  EXPECT_TRUE(remind(appoint("2027-04-15 14:35")).empty()) << "it has gone by mail";
}

}  // namespace
}  // namespace passerelle::turns
