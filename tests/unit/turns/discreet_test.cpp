// Discreet contacts: nothing that comes from such a phone changes anything by itself, and nothing that it is sent tells
// anything.
#include "turns/discreet.hpp"

#include <algorithm>

#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint safe = at("2027-04-12 10:00");
const TimePoint unsafe = at("2027-04-12 15:00");
constexpr const char* received = "Merci, bien noté.";

class Discreet : public Room {
 protected:
  Discreet() {
    record({.discreet = true, .safe_hours = parse_safe_hours("09:00-11:30"), .code = "Citron"});
    appointment_ = appoint("2027-04-15 10:30");
  }
  std::string reply(const std::string& text, TimePoint now) {
    const auto replies = say(text, now).replies;
    EXPECT_EQ(replies.size(), 1U) << text;
    return replies.empty() ? "" : replies.front().text;
  }
  InboundMessage written(const std::string& text, TimePoint sent_at, const std::string& id) const {
    InboundMessage message = passerelle::testing::text_from(phone_.user, text, id);
    message.sent_at = sent_at;
    return message;
  }

  Appointment appointment_;
};

TEST_F(Discreet, whatever_may_mean_that_something_is_wrong_pauses_and_changes_nothing_else) {
  int day = 0;
  for (const char* text :
       {"2", "3", "0", "non", "je ne peux pas", "un autre jour", "STOP", "rappel", "START",
        "mon nouveau numéro est 0791112233", "qui est-ce ?", "mon rendez-vous", "AIDE", "en français"}) {
    Contact contact = this->contact();
    contact.paused = false;
    record(contact);
    close_tasks();
    EXPECT_EQ(reply(text, safe + hours(24 * ++day % 48)), received) << text;
    EXPECT_TRUE(this->contact().paused) << text;
    EXPECT_EQ(tasks(), Kinds{"private"}) << text;
    EXPECT_EQ(conversation().consent, Consent::open) << text;
    EXPECT_TRUE(conversation().stack.empty()) << text;
    EXPECT_EQ(found(appointment_).response, Response::none) << text;
    EXPECT_FALSE(found(appointment_).cancelled) << text;
  }
}

TEST_F(Discreet, a_yes_or_thanks_or_a_greeting_does_not_pause_and_confirms_nothing) {
  for (const char* text : {"1", "oui", "merci", "Bonjour", "Merci!", "ok merci"}) {
    EXPECT_EQ(reply(text, safe), received) << text;
    EXPECT_FALSE(contact().paused) << text;
    EXPECT_EQ(tasks(), Kinds{"private"}) << "staff read it: " << text;
    EXPECT_EQ(found(appointment_).response, Response::none) << text;
  }
  reads("uk");
  EXPECT_NE(reply("так", safe), "");
  EXPECT_FALSE(contact().paused) << "a yes in their own language";
  EXPECT_EQ(reply("oui, dans 2 heures", safe), reply("так", safe));
  EXPECT_TRUE(contact().paused);
}

TEST_F(Discreet, a_pause_stops_what_waits_and_what_comes_until_staff_end_it) {
  pass_until(at("2027-04-14 00:00"));
  ASSERT_EQ(rows().size(), 1U);
  say("2", at("2027-04-14 09:30"));
  EXPECT_EQ(rows()[0].state, "stopped");
  pass_until(at("2027-04-15 10:00"));
  EXPECT_EQ(rows().size(), 1U) << "the second reminder is not sent";
  EXPECT_EQ(tasks(), Kinds{"private"}) << "neither a call nor a letter before somebody has looked";
}

TEST_F(Discreet, the_code_word_tells_day_and_time_once) {
  EXPECT_EQ(reply("citron", safe), "15.04.2027, 10:30 (matin)");
  EXPECT_EQ(contact().code, "");
  EXPECT_FALSE(contact().paused);
  EXPECT_EQ(reply("citron", safe + minutes(1)), received);
  EXPECT_TRUE(contact().paused) << "now it is a word like any other";
}

TEST_F(Discreet, outside_safe_hours_the_code_word_tells_nothing_and_is_not_used_up) {
  EXPECT_EQ(reply("Citron", unsafe), received);
  EXPECT_EQ(contact().code, "Citron");
  EXPECT_FALSE(contact().paused);
  EXPECT_EQ(reply("Citron", safe + hours(24)), "15.04.2027, 10:30 (matin)");
}

TEST_F(Discreet, while_messages_are_paused_the_code_word_tells_nothing) {
  say("2", safe);
  EXPECT_EQ(reply("Citron", safe + minutes(1)), received);
  EXPECT_EQ(contact().code, "Citron");
}

TEST_F(Discreet, the_code_word_is_kept_when_there_is_nothing_to_tell) {
  cancel(appointment_, start_);
  EXPECT_EQ(reply("Citron", safe), received);
  EXPECT_EQ(contact().code, "Citron");
}

TEST_F(Discreet, a_text_that_only_holds_the_code_word_is_not_the_code_word) {
  EXPECT_EQ(reply("le mot est citron", safe), received);
  EXPECT_EQ(contact().code, "Citron");
}

TEST_F(Discreet, without_a_code_word_nothing_is_one) {
  record({.discreet = true, .safe_hours = {}, .code = {}});
  EXPECT_EQ(reply("", safe), received);
}

TEST_F(Discreet, a_cry_for_help_is_answered_and_pauses_the_messages) {
  pass_until(at("2027-04-13 23:00"));
  ASSERT_EQ(rows().size(), 1U);
  const TakenIn taken = say("au secours il me frappe", unsafe + hours(48));
  ASSERT_EQ(taken.replies.size(), 1U);
  EXPECT_NE(taken.replies[0].text.find("117"), std::string::npos);
  EXPECT_EQ(taken.replies[0].message_class, MessageClass::crisis);
  EXPECT_NE(std::ranges::count(tasks(), "danger"), 0);
  EXPECT_TRUE(contact().paused);
  EXPECT_EQ(rows()[0].state, "stopped");
  EXPECT_EQ(conversation().consent, Consent::open);
}

TEST_F(Discreet, a_flooding_one_is_heard_and_not_answered) {
  const TakenIn taken = say("2", safe, true);
  EXPECT_TRUE(taken.replies.empty());
  EXPECT_TRUE(contact().paused);
  EXPECT_EQ(tasks(), Kinds{"private"});
  EXPECT_EQ(say("il me frappe", safe, true).replies.size(), 1U);
}

TEST_F(Discreet, a_first_message_in_another_script_gets_no_line_about_letters) {
  reads("ti");
  const std::string text = reply("ኣይክእልን", safe);
  EXPECT_EQ(text.find("reply 0"), std::string::npos) << text;
  EXPECT_FALSE(conversation().latin_line_told);
}

TEST_F(Discreet, a_turn_that_fails_tells_nothing_either) {
  work([](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE contact SET safe_hours = 'broken'").run();
  });
  const TakenIn taken = say("2", safe);
  EXPECT_TRUE(taken.stuck);
  ASSERT_EQ(taken.replies.size(), 1U);
  EXPECT_EQ(taken.replies[0].text, received) << "nobody knows whose phone it is";
  EXPECT_EQ(tasks(), Kinds{"stuck"});
}

TEST_F(Discreet, by_the_api_an_answer_is_of_use_for_a_minute) {
  channels_["sms"].inline_replies = false;
  say("merci", unsafe);
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].text, received);
  EXPECT_EQ(rows()[0].not_after, unsafe + seconds(60)) << "then somebody else may hold the phone";
}

TEST_F(Discreet, what_we_hear_of_late_is_answered_in_safe_hours_only) {
  receive(written("2", unsafe - hours(2), "late"), unsafe, false, false);
  EXPECT_TRUE(rows().empty());
  EXPECT_TRUE(contact().paused) << "but it counts";
  EXPECT_EQ(tasks(), Kinds{"private"});
  receive(written("il me frappe", unsafe - hours(2), "cry"), unsafe, false, false);
  EXPECT_TRUE(rows().empty()) << "numbers on a watched phone, hours later";
  EXPECT_EQ(tasks().size(), 2U) << "the person on duty is paged all the same";
  receive(written("merci", safe - hours(2), "early"), safe + hours(24), false, false);
  EXPECT_EQ(rows().size(), 1U);
}

TEST_F(Discreet, a_gateways_wrong_clock_keeps_the_numbers_from_nobody) {
  EXPECT_EQ(receive(written("il me frappe", unsafe - hours(2), "clock"), unsafe).replies.size(), 1U);
}

}  // namespace
}  // namespace passerelle::turns
