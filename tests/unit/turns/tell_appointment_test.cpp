// The news that an appointment was moved or cancelled, and the language of somebody who has not written yet.
#include "turns/remind.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* when = "2027-04-15 14:30";
constexpr const char* new_time = "2027-04-22 09:00";
const TimePoint reminded = at("2027-04-13 14:30");
const TimePoint noon = at("2027-04-14 12:00");
const TimePoint night = at("2027-04-14 22:00");
const TimePoint morning = at("2027-04-15 08:00");

class TellAppointment : public Room {
 protected:
  Departed tell_moved(const Appointment& appointment, std::string_view to, TimePoint now) {
    return tell(move(appointment, to, now), "appointment_moved", now);
  }
  Departed tell_cancelled(const Appointment& appointment, TimePoint now) {
    return tell(cancel(appointment, now), "appointment_cancelled", now);
  }
  Kinds states() {
    Kinds found;
    for (const Row& row : rows()) found.push_back(row.cause.substr(row.cause.rfind(':') + 1) + " " + row.state);
    return found;
  }
};

TEST_F(TellAppointment, a_move_forgets_the_old_question_stops_what_waits_and_asks_anew) {
  const Appointment appointment = appoint(when);
  pass_until(reminded);
  EXPECT_EQ(tell_moved(appointment, new_time, noon).kind, Departed::Kind::queued);
  EXPECT_EQ(states(), (Kinds{"two_days stopped", "appointment_moved queued"}));
  EXPECT_NE(rows()[1].text.find("22.04.2027, 09:00"), std::string::npos) << rows()[1].text;
  EXPECT_EQ(rows()[1].not_after, at(new_time));
  EXPECT_EQ(rows()[1].message_class, MessageClass::reminder);
  ASSERT_EQ(conversation().stack.size(), 1U);
  EXPECT_EQ(conversation().stack[0].dialog.name, "appointment_moved");
  EXPECT_EQ(conversation().stack[0].expires, at(new_time));
  leave();
  say("2", noon + minutes(5));
  EXPECT_EQ(found(appointment).response, Response::declined);
}

TEST_F(TellAppointment, a_cancellation_says_so_and_asks_nothing) {
  const Appointment appointment = appoint(when);
  pass_until(reminded);
  EXPECT_EQ(tell_cancelled(appointment, noon).kind, Departed::Kind::queued);
  EXPECT_EQ(states(), (Kinds{"two_days stopped", "appointment_cancelled queued"}));
  EXPECT_NE(rows()[1].text.find("annulé: 15.04.2027, 14:30"), std::string::npos) << rows()[1].text;
  EXPECT_TRUE(conversation().stack.empty());
  pass_until(at("2027-04-16 00:00"));
  EXPECT_EQ(rows().size(), 2U) << "no reminder of what does not take place";
}

TEST_F(TellAppointment, another_appointments_question_and_message_stay) {
  const Appointment first = appoint(when);
  const Appointment other = appoint("2027-04-15 16:00");
  pass_until(at("2027-04-13 16:00"));
  ASSERT_EQ(rows().size(), 2U);
  tell_cancelled(first, noon);
  EXPECT_EQ(states(), (Kinds{"two_days stopped", "two_days queued", "appointment_cancelled queued"}));
  ASSERT_EQ(conversation().stack.size(), 1U);
  EXPECT_EQ(conversation().stack[0].answers.at("invitation"), std::to_string(other.invitation.value));
}

TEST_F(TellAppointment, a_discreet_contact_is_told_by_voice) {
  record({.discreet = true, .safe_hours = {}, .code = {}});
  const Appointment appointment = appoint(when);
  const Departed departed = tell_moved(appointment, new_time, noon);
  EXPECT_EQ(departed.kind, Departed::Kind::withheld);
  EXPECT_EQ(departed.why, "discreet");
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"private"});
}

TEST_F(TellAppointment, after_a_stop_somebody_calls) {
  wants(Consent::stopped);
  EXPECT_EQ(tell_cancelled(appoint(when), noon).why, "consent");
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
}

// Asked at night, the question would be open before it is on the phone: a "2" to an older menu would decline.
TEST_F(TellAppointment, at_night_nothing_is_asked_until_it_leaves_in_the_morning) {
  const Appointment appointment = appoint(when);
  say("Bonjour", night - minutes(9));
  const Departed departed = tell_moved(appointment, new_time, night);
  EXPECT_EQ(departed.kind, Departed::Kind::held);
  EXPECT_EQ(departed.why, "quiet_hours");
  EXPECT_EQ(departed.until, morning);
  EXPECT_TRUE(rows().empty());
  say("2", night + minutes(2));
  EXPECT_EQ(found(appointment).response, Response::none) << "the menu's 2 is a wish to be called";
  EXPECT_EQ(tasks(), Kinds{"call_back"});
  pass_until(morning);
  EXPECT_EQ(states(), Kinds{"appointment_moved queued"});
  leave();
  say("2", morning + minutes(2));
  EXPECT_EQ(found(appointment).response, Response::declined);
}

TEST_F(TellAppointment, what_was_asked_about_the_old_time_is_forgotten_at_once) {
  const Appointment appointment = appoint(when);
  pass_until(reminded);
  tell_moved(appointment, new_time, night);
  EXPECT_TRUE(conversation().stack.empty());
  say("1", night + minutes(2));
  EXPECT_EQ(found(appointment).response, Response::none) << "a yes to a time that is not true any more";
}

TEST_F(TellAppointment, a_stop_in_the_night_is_obeyed_in_the_morning) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, new_time, night);
  say("STOP", night + hours(1));
  pass_until(morning);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  EXPECT_EQ(skipped(appointment), Kinds{"appointment_moved consent"});
}

TEST_F(TellAppointment, who_became_discreet_in_the_night_is_told_by_voice) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, new_time, night);
  record({.discreet = true, .safe_hours = {}, .code = {}});
  pass_until(morning);
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"private"});
}

TEST_F(TellAppointment, moved_twice_in_the_night_it_is_told_once_as_it_is_then) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, new_time, night);
  tell_moved(appointment, "2027-04-23 10:00", night + minutes(30));
  pass_until(morning);
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_NE(rows()[0].text.find("23.04.2027, 10:00"), std::string::npos) << rows()[0].text;
}

TEST_F(TellAppointment, moved_and_cancelled_in_the_night_only_the_end_is_told) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, new_time, night);
  tell_cancelled(appointment, night + minutes(30));
  pass_until(morning);
  EXPECT_EQ(states(), Kinds{"appointment_cancelled queued"});
  EXPECT_TRUE(conversation().stack.empty());
}

TEST_F(TellAppointment, a_night_that_lasts_until_it_begins_calls_a_person) {
  const Appointment early = appoint("2027-04-15 07:30");
  EXPECT_EQ(tell_cancelled(early, night).kind, Departed::Kind::withheld);
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
}

TEST_F(TellAppointment, the_move_itself_reminds_when_the_new_time_is_near) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, "2027-04-15 18:00", noon);
  pass_until(noon);
  EXPECT_EQ(states(), Kinds{"appointment_moved queued"}) << "the late reminder says the same";
  EXPECT_EQ(skipped(appointment), Kinds{"two_days just_told"});
  pass_until(at("2027-04-15 16:00"));
  EXPECT_EQ(states(), (Kinds{"appointment_moved queued", "two_hours queued"}));
}

TEST_F(TellAppointment, a_move_that_could_not_be_told_leaves_the_reminder) {
  const Appointment appointment = appoint(when);
  tell_moved(appointment, "2027-04-15 18:00", noon);
  work([](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE outbound SET state = 'failed'").run();
  });
  pass_until(noon);
  EXPECT_EQ(states(), (Kinds{"appointment_moved failed", "two_days queued"}));
}

class KnowLanguage : public Room {
 protected:
  void know(const Locale& locale) {
    const AddressId id = address();
    work([&](auto& transaction) { know_language(transaction, id, locale, start_); });
  }
};

TEST_F(KnowLanguage, staff_tell_it_of_whoever_has_not_written_yet) {
  know("ti");
  EXPECT_EQ(conversation().locale, "ti");
  EXPECT_FALSE(conversation().locale_chosen) << "by the person, it was not";
  EXPECT_EQ(conversation().version, 1U);
}

TEST_F(KnowLanguage, what_the_person_chose_stays) {
  reads("ar");
  know("ti");
  EXPECT_EQ(conversation().locale, "ar");
}

TEST_F(KnowLanguage, nothing_is_written_for_nothing) {
  know("");
  EXPECT_EQ(conversation().version, 0U);
}

TEST_F(KnowLanguage, a_conversation_that_cannot_be_read_is_kept_for_a_look_and_stays_stopped) {
  reads("ar");
  break_conversation();
  know("ti");
  EXPECT_EQ(conversation().locale, "ti");
  EXPECT_EQ(conversation().consent, Consent::stopped);
  EXPECT_EQ(tasks(), Kinds{"stuck"});
}

}  // namespace
}  // namespace passerelle::turns
