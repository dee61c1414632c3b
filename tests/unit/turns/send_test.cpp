// Words of staff on their way to one person: who may be written to in which language, and by which rules.
#include "turns/send.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/channel_state.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"
#include "support/demo.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;

const TimePoint noon = from_ms(1'806'231'600'000);  // 2027-03-28 13:00 in Zurich
const TimePoint night = noon + hours(10);

class Send : public ::testing::Test {
 protected:
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    const auto done = store::transact_now(*writer_, work);
    EXPECT_TRUE(done) << to_string(done.error());
  }

  static Destination person(store::Transaction& transaction, const Conversation& known = {},
                            const Contact& contact = {}) {
    const Address address{"sms", "+41790000001"};
    const AddressId id = store::find_or_add_address(transaction, address, noon);
    store::save_conversation(transaction, id, known, noon);
    store::save_contact(transaction, id, contact, noon);
    return {id, address};
  }

  result<ReadyText> ready(store::Transaction& transaction, const Destination& to, const FreeText& text) const {
    return ready_text(transaction, *content_, channels_, to, text, noon);
  }

  std::string refusal(store::Transaction& transaction, const Destination& to, const FreeText& text) const {
    const auto made = ready(transaction, to, text);
    return made ? "none: " + made->text : made.error().where + ": " + made.error().what;
  }

  Departed send(store::Transaction& transaction, const Destination& to, MessageClass message_class,
                TimePoint now = noon) const {
    const FreeText text{"L'eau sera coupée à 14 h.", "fr", message_class, "desk:" + crypto::random_ref(),
                        now + hours(48)};
    const auto made = ready(transaction, to, text);
    EXPECT_TRUE(made) << made.error().what;
    return send_text(transaction, *content_, channels_, *made, now);
  }

  static std::vector<std::string> tasks(store::Transaction& transaction, AddressId address) {
    std::vector<std::string> kinds;
    for (const store::Task& task : store::open_tasks(transaction, address)) kinds.push_back(task.kind);
    return kinds;
  }

  std::shared_ptr<const Content> content_ = passerelle::testing::demo_content();
  ChannelBook channels_{{"sms", {{}, true, true}}, {"answers", {{}, false, true}}};

 private:
  std::unique_ptr<store::Writer> writer_ = passerelle::testing::memory_store();
};

Conversation reads(const Locale& locale) {
  Conversation known;
  known.locale = locale;
  return known;
}

Contact discreet() {
  Contact contact;
  contact.discreet = true;
  return contact;
}

TEST_F(Send, words_go_to_who_reads_their_language_or_has_not_told_one) {
  in_transaction([this](store::Transaction& transaction) {
    const auto to_unknown = ready(transaction, person(transaction), {"Bonjour", "fr"});
    ASSERT_TRUE(to_unknown);
    EXPECT_EQ(to_unknown->text, "Bonjour");
    EXPECT_EQ(to_unknown->reads, "");
    EXPECT_TRUE(ready(transaction, person(transaction, reads("fr")), {"Bonjour", "fr"}));
  });
}

TEST_F(Send, words_in_another_language_are_refused_or_carry_our_phone_number_in_theirs) {
  in_transaction([this](store::Transaction& transaction) {
    const Destination to = person(transaction, reads("ti"));
    EXPECT_EQ(refusal(transaction, to, {"Bonjour", "fr"}),
              "language: this person reads ti, and the text is in fr: have it written in ti, call, or send it as it is "
              "with any_language (--any-language), which adds our phone number in their language");
    FreeText text{"Bonjour", "fr"};
    text.any_language = true;
    const auto made = ready(transaction, to, text);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "Bonjour\nቴሌፎን፦ +33 3 53 01 00 12");
    EXPECT_EQ(made->reads, "ti");
    EXPECT_EQ(made->message.locale, "fr");
  });
}

TEST_F(Send, a_phone_without_our_letters_gets_none_of_them) {
  in_transaction([this](store::Transaction& transaction) {
    Conversation known = reads("ti");
    known.latin_only = true;
    const Destination to = person(transaction, known);
    EXPECT_EQ(refusal(transaction, to, {"ሰላም", "ti"}),
              "text: this phone shows only latin letters: write the text in them, or call");
    FreeText text{"Bonjour", "fr"};
    text.any_language = true;
    EXPECT_EQ(ready(transaction, to, text)->text, "Bonjour\nTéléphone: +33 3 53 01 00 12");
  });
}

TEST_F(Send, nobody_writes_free_words_to_a_discreet_contact) {
  in_transaction([this](store::Transaction& transaction) {
    FreeText crisis{"Sortez", "fr", MessageClass::crisis};
    crisis.any_language = true;
    EXPECT_EQ(refusal(transaction, person(transaction, {}, discreet()), crisis),
              "to: this is a discreet contact: free words are not sent there; call, in their safe hours");
  });
}

TEST_F(Send, mistakes_are_told_before_anything_is_queued) {
  in_transaction([this](store::Transaction& transaction) {
    const Destination to = person(transaction);
    EXPECT_EQ(refusal(transaction, {{}, {"sms2", "+1"}}, {"Bonjour", "fr"}),
              "to: there is no channel 'sms2'; did you mean 'sms'?");
    EXPECT_EQ(refusal(transaction, {{}, {"answers", "+1"}}, {"Bonjour", "fr"}),
              "to: the channel 'answers' only answers: it cannot send what we start");
    EXPECT_EQ(refusal(transaction, to, {"Bonjour", "frr"}).substr(0, 50),
              "language: 'frr' is no language of this association");
    EXPECT_EQ(refusal(transaction, to, {" \n", "fr"}), "text: there is nothing to send");
    std::string longest;
    for (std::size_t i = 0; i < longest_free_text; ++i) longest += "é";
    EXPECT_TRUE(ready(transaction, to, {longest, "fr"})) << "letters are counted, not bytes";
    EXPECT_EQ(refusal(transaction, to, {longest + "é", "fr"}),
              "text: the text has 1501 characters, and 1500 is the most: shorten it");
  });
}

TEST_F(Send, at_night_it_waits_in_the_queue_for_the_morning_and_a_crisis_does_not) {
  in_transaction([this](store::Transaction& transaction) {
    const Destination to = person(transaction);
    const Departed held = send(transaction, to, MessageClass::notice, night);
    EXPECT_EQ(held.kind, Departed::Kind::held);
    EXPECT_EQ(held.why, "quiet_hours");
    ASSERT_EQ(held.messages.size(), 1u);
    EXPECT_EQ(store::find_message(transaction, held.messages[0])->next_at, noon + hours(19));
    EXPECT_EQ(send(transaction, to, MessageClass::crisis, night).kind, Departed::Kind::queued);
  });
}

TEST_F(Send, after_a_stop_a_task_tells_staff_that_it_did_not_leave_but_a_crisis_leaves) {
  in_transaction([this](store::Transaction& transaction) {
    Conversation stopped;
    stopped.consent = Consent::stopped;
    const Destination to = person(transaction, stopped);
    const Departed withheld = send(transaction, to, MessageClass::notice);
    EXPECT_EQ(withheld.kind, Departed::Kind::withheld);
    EXPECT_EQ(withheld.why, "consent");
    EXPECT_EQ(tasks(transaction, to.id), std::vector<std::string>{"call_or_letter"});
    EXPECT_EQ(send(transaction, to, MessageClass::crisis).kind, Departed::Kind::queued);
  });
}

class Resend : public Send {
 protected:
  OutboundId failed(store::Transaction& transaction, const Destination& to, const std::string& cause = "desk:1",
                    MessageClass message_class = MessageClass::notice) const {
    const OwnMessage message{to, cause, "fr", {message_class, false, false, noon + hours(48)}};
    const Departed departed = enqueue_own(transaction, *content_, channels_, message, {"Bonjour"}, true, noon);
    store::mark_failed(transaction, departed.messages.at(0), "30003", noon);
    return departed.messages.at(0);
  }

  std::string again(store::Transaction& transaction, OutboundId message, TimePoint now = noon) const {
    const auto done =
        resend(transaction, *content_, channels_, *store::find_message(transaction, message), now + hours(48), now);
    if (!done) return done.error().what;
    return done->kind == Departed::Kind::queued ? "queued" : done->why;
  }
};

TEST_F(Resend, what_failed_is_queued_with_a_new_end_and_costs_again) {
  channels_["sms"].policy.price = {65'000, "CHF"};
  in_transaction([this](store::Transaction& transaction) {
    const OutboundId message = failed(transaction, person(transaction));
    EXPECT_EQ(again(transaction, message, noon + hours(1)), "queued");
    const auto listed = store::find_message(transaction, message);
    EXPECT_EQ(listed->state, Delivery::queued);
    EXPECT_EQ(listed->not_after, noon + hours(49));
    EXPECT_EQ(store::spending(transaction, "sms", "2027-03").segments, 2);
    EXPECT_EQ(again(transaction, message), "it is queued: only what is uncertain, failed or expired is sent again");
  });
}

TEST_F(Resend, the_rules_of_now_count) {
  in_transaction([this](store::Transaction& transaction) {
    const Destination to = person(transaction);
    const OutboundId message = failed(transaction, to);
    Conversation stopped;
    stopped.consent = Consent::stopped;
    store::save_conversation(transaction, to.id, stopped, noon);
    EXPECT_EQ(again(transaction, message), "consent");
    EXPECT_EQ(store::find_message(transaction, message)->state, Delivery::failed) << "it is as it was";
    store::save_conversation(transaction, to.id, {}, noon);
    EXPECT_EQ(again(transaction, message, night), "quiet_hours");
    EXPECT_EQ(store::find_message(transaction, message)->next_at, noon + hours(19));
    EXPECT_EQ(store::find_message(transaction, message)->why, "quiet_hours");
  });
}

TEST_F(Resend, a_reply_does_not_wait_for_the_morning) {
  in_transaction([this](store::Transaction& transaction) {
    const OutboundId reply = failed(transaction, person(transaction), "in:1:0", MessageClass::reply);
    EXPECT_EQ(again(transaction, reply, night), "queued");
  });
}

TEST_F(Resend, a_contact_that_became_discreet_gets_nothing_of_before) {
  in_transaction([this](store::Transaction& transaction) {
    const Destination to = person(transaction);
    const OutboundId message = failed(transaction, to);
    store::save_contact(transaction, to.id, discreet(), noon);
    EXPECT_EQ(again(transaction, message), "this has become a discreet contact: call, in their safe hours");
  });
}

TEST_F(Resend, a_reminder_is_never_sent_after_its_appointment_nor_after_a_move) {
  in_transaction([this](store::Transaction& transaction) {
    Appointment appointment;
    appointment.to = {"sms", "+41790000001"};
    appointment.zone = "Europe/Zurich";
    appointment.starts = noon + hours(5);
    appointment.at = to_civil(appointment.starts, appointment.zone);
    store::insert_appointment(transaction, appointment, noon);
    const Destination to{appointment.address, appointment.to};
    const std::string cause = "inv:" + std::to_string(appointment.invitation.value) + ":0:";
    const OutboundId reminder = failed(transaction, to, cause + "two_hours", MessageClass::reminder);
    EXPECT_EQ(again(transaction, reminder, noon + hours(5)), "its appointment has begun: it is too late to tell");
    ASSERT_EQ(again(transaction, reminder), "queued");
    EXPECT_EQ(store::find_message(transaction, reminder)->not_after, noon + hours(5)) << "not the two days of others";
    store::mark_failed(transaction, reminder, "30003", noon);
    appointment.cancelled = true;
    store::update_appointment(transaction, appointment, noon);
    const char* gone = "its appointment has been moved or cancelled since: what it says is not true any more";
    EXPECT_EQ(again(transaction, reminder), gone);
    const OutboundId news = failed(transaction, to, cause + "appointment_cancelled", MessageClass::reminder);
    EXPECT_EQ(again(transaction, news), "queued");
    appointment.cancelled = false;
    appointment.revision = 1;
    store::update_appointment(transaction, appointment, noon);
    EXPECT_EQ(again(transaction, reminder), gone);
  });
}

}  // namespace
}  // namespace passerelle::turns
