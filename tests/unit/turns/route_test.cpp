// Who gets a text while appointments wait for their answers.
#include "turns/route.hpp"

#include <algorithm>

#include "store/outbox.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint reminded = at("2027-04-13 14:30");

bool holds(const std::vector<OutboundMessage>& replies, std::string_view part) {
  return std::ranges::any_of(replies, [&](const auto& reply) { return reply.text.find(part) != std::string::npos; });
}

class Route : public Room {
 protected:
  Response response(const Appointment& appointment) { return found(appointment).response; }
  // Reminded of it, an hour after the other one when there are two.
  Appointment asked(std::string_view when = "2027-04-15 14:30") {
    const Appointment appointment = appoint(when);
    pass_until(appointment.starts - hours(48));
    leave();
    return appointment;
  }
};

TEST_F(Route, one_question_takes_the_answer) {
  const Appointment appointment = asked();
  EXPECT_TRUE(holds(say("1", reminded + minutes(5)).replies, "Nous vous attendons"));
  EXPECT_EQ(response(appointment), Response::coming);
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Route, digits_of_any_script_and_words_are_answers) {
  const Appointment appointment = asked();
  say("٢", reminded + minutes(5));
  EXPECT_EQ(response(appointment), Response::declined);
  say("oui je viens", reminded + minutes(6));
  EXPECT_EQ(response(appointment), Response::coming);
}

TEST_F(Route, an_answer_changes_until_the_appointment_begins) {
  const Appointment appointment = asked();
  say("1", reminded + minutes(5));
  EXPECT_EQ(response(appointment), Response::coming);
  EXPECT_TRUE(holds(say("2", reminded + hours(30)).replies, "pour un autre moment"));
  EXPECT_EQ(response(appointment), Response::declined);
  EXPECT_EQ(tasks(), Kinds{"call_back"});
  close_tasks();
  say("1", appointment.starts + minutes(1));
  EXPECT_EQ(response(appointment), Response::declined) << "too late for that";
}

TEST_F(Route, a_number_after_two_questions_far_apart_is_for_the_newer) {
  const Appointment first = asked("2027-04-15 14:30");
  const Appointment second = asked("2027-04-15 14:41");
  say("2", reminded + minutes(12));
  EXPECT_EQ(response(first), Response::none);
  EXPECT_EQ(response(second), Response::declined);
}

TEST_F(Route, a_second_answer_after_two_questions_is_asked_back) {
  const Appointment first = asked("2027-04-15 14:30");
  const Appointment second = asked("2027-04-15 16:00");
  say("1", reminded + hours(2));
  EXPECT_EQ(response(second), Response::coming);
  const auto asked_back = say("2", reminded + hours(3));
  EXPECT_TRUE(holds(asked_back.replies, "14:30") && holds(asked_back.replies, "16:00"));
  EXPECT_EQ(response(first), Response::none) << "does it take back the 1, or is it for the other?";
  EXPECT_EQ(response(second), Response::coming);
}

TEST_F(Route, a_menu_that_was_asked_later_takes_the_number) {
  const Appointment appointment = asked();
  say("Bonjour", reminded + minutes(5));
  say("2", reminded + minutes(6));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(tasks(), Kinds{"call_back"}) << "2 = RAPPEL";
}

// Queued behind a failing gateway, the reminder is on no phone: the "2" is the menu's.
TEST_F(Route, a_question_that_has_not_left_takes_no_answer_until_it_has) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  say("Bonjour", reminded - minutes(5));
  pass_until(reminded);
  say("2", reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(tasks(), Kinds{"call_back"});
  leave();
  say("2", reminded + minutes(20));
  EXPECT_EQ(response(appointment), Response::declined) << "it waited on";
}

TEST_F(Route, a_question_that_never_arrived_takes_no_answer) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  say("Bonjour", reminded - minutes(5));
  pass_until(reminded);
  work([](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE outbound SET state = 'failed' WHERE via = 'api'").run();
  });
  say("2", reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::none);
}

TEST_F(Route, a_question_that_may_have_arrived_takes_the_answer) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  pass_until(reminded);
  work([](auto& transaction) {  // the gateway took it, and its answer is late
    store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 1, reminded, reminded + minutes(2));
  });
  say("1", reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::coming);
}

TEST_F(Route, after_a_move_only_the_news_of_it_makes_the_question_heard) {
  const Appointment appointment = asked();
  tell(move(appointment, "2027-04-22 09:00", reminded + minutes(5)), "appointment_moved", reminded + minutes(5));
  say("1", reminded + minutes(6));
  EXPECT_EQ(response(appointment), Response::none) << "that was to the old time";
  leave();
  say("je viens", reminded + minutes(9));  // a "1" could be for the menu that came in between
  EXPECT_EQ(response(appointment), Response::coming);
}

TEST_F(Route, yes_in_two_hours_is_not_a_yes) {
  const Appointment appointment = asked();
  EXPECT_TRUE(holds(say("oui, dans 2 heures", reminded + minutes(5)).replies, "Une personne de notre équipe"));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(tasks(), Kinds{"person"});
  say("1", reminded + minutes(9));
  EXPECT_EQ(response(appointment), Response::coming) << "the question waited on";
}

TEST_F(Route, free_words_shortly_before_an_appointment_are_for_a_person) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  EXPECT_TRUE(holds(say("Je serai en retard à cause du train", appointment.starts - hours(71)).replies,
                    "Une personne de notre équipe"));
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Route, free_words_long_before_get_the_menu_and_so_do_greetings) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  EXPECT_TRUE(holds(say("Je cherche des informations sur les cours", appointment.starts - hours(73)).replies, "1 ="));
  EXPECT_TRUE(holds(say("Bonjour", appointment.starts - hours(48)).replies, "1 ="));
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Route, after_the_appointment_free_words_get_the_menu_again) {
  const Appointment appointment = asked();
  say("1", reminded + minutes(5));
  EXPECT_TRUE(holds(say("Je cherche un cours de couture", appointment.starts + minutes(1)).replies, "1 ="));
}

TEST_F(Route, appointments_are_told_while_a_menu_is_open_and_the_menu_stays) {
  appoint("2027-04-25 14:30");
  say("Bonjour", reminded);
  const auto replies = say("mes rendez-vous", reminded + minutes(1)).replies;
  EXPECT_TRUE(holds(replies, "Rendez-vous: 25.04.2027, 14:30"));
  ASSERT_EQ(conversation().stack.size(), 1U);
  EXPECT_EQ(conversation().stack[0].dialog.name, "first_contact");
  say("2", reminded + minutes(2));
  EXPECT_EQ(tasks(), Kinds{"call_back"}) << "the menu's number still counts";
}

TEST_F(Route, asking_when_it_is_answers_no_reminder) {
  const Appointment appointment = asked();
  EXPECT_TRUE(holds(say("quand est mon rendez-vous ?", reminded + minutes(5)).replies, "15.04.2027"));
  EXPECT_EQ(response(appointment), Response::none);
  say("1", reminded + minutes(6));
  EXPECT_EQ(response(appointment), Response::coming);
}

TEST_F(Route, thanks_answer_no_reminder_and_call_nobody) {
  const Appointment appointment = asked();
  say("Merci", reminded + minutes(5));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Route, an_answer_to_what_was_cancelled_without_a_word_is_for_a_person_and_gets_no_see_you_then) {
  const Appointment appointment = asked();
  cancel(appointment, reminded + minutes(1));
  const auto replies = say("1", reminded + minutes(5)).replies;
  EXPECT_TRUE(holds(replies, "Une personne de notre équipe"));
  EXPECT_FALSE(holds(replies, "Nous vous attendons"));
  EXPECT_EQ(tasks(), Kinds{"person"});
}

TEST_F(Route, a_stop_after_a_reminder_stops_the_next_one) {
  const Appointment appointment = asked();
  say("STOP", reminded + minutes(5));
  pass_until(appointment.starts);
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(response(appointment), Response::none) << "a STOP is no answer";
}

TEST_F(Route, who_keeps_appointments_only_gets_the_next_one) {
  const Appointment appointment = asked();
  say("STOP", reminded + minutes(5));
  say("RDV", reminded + minutes(6));
  EXPECT_EQ(conversation().consent, Consent::reminders_only);
  pass_until(appointment.starts);
  EXPECT_EQ(rows().size(), 2U);
}

TEST_F(Route, a_cry_for_help_answers_no_reminder) {
  const Appointment appointment = asked();
  EXPECT_TRUE(holds(say("il me frappe", reminded + minutes(5)).replies, "117"));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(conversation().stack.size(), 1U);
}

TEST_F(Route, a_message_that_comes_again_answers_once) {
  const Appointment appointment = asked();
  InboundMessage message = passerelle::testing::text_from(phone_.user, "2", "again");
  message.sent_at = reminded + minutes(5);
  receive(message, reminded + minutes(5));
  say("1", reminded + minutes(6));
  EXPECT_TRUE(receive(message, reminded + minutes(7)).repeated);
  EXPECT_EQ(response(appointment), Response::coming);
}

// Two reminders came within minutes, and "2" says for neither of them that it is meant.
TEST_F(Route, a_number_that_could_be_for_either_of_two_is_asked_back) {
  const Appointment first = appoint("2027-04-15 14:30");
  const Appointment second = appoint("2027-04-15 14:35");
  pass_until(reminded + minutes(6));
  leave();
  const auto asked_back = say("2", reminded + minutes(10));
  ASSERT_EQ(asked_back.replies.size(), 1U);
  EXPECT_TRUE(holds(asked_back.replies, "15.04.2027, 14:30")) << asked_back.replies[0].text;
  EXPECT_TRUE(holds(asked_back.replies, "15.04.2027, 14:35")) << asked_back.replies[0].text;
  EXPECT_EQ(response(first), Response::none);
  EXPECT_EQ(response(second), Response::none);
  const bool newest_is_first = asked_back.replies[0].text.find("14:35") < asked_back.replies[0].text.find("14:30");
  say(newest_is_first ? "2" : "1", reminded + minutes(11));
  EXPECT_EQ(response(first), Response::declined) << "the one that was chosen";
  EXPECT_EQ(response(second), Response::none);
  EXPECT_EQ(tasks(), Kinds{"call_back"});
}

TEST_F(Route, words_for_one_of_two_need_no_asking_back) {
  appoint("2027-04-15 14:30");
  const Appointment second = appoint("2027-04-15 14:35");
  pass_until(reminded + minutes(6));
  leave();
  say("je ne peux pas venir", reminded + minutes(10));
  EXPECT_EQ(response(second), Response::declined);
}

// What we asked back about is of the moment: an old "2" must not take back what was said since.
TEST_F(Route, an_asking_back_that_was_left_is_forgotten) {
  const Appointment first = appoint("2027-04-15 14:30");
  const Appointment second = appoint("2027-04-15 14:35");
  pass_until(reminded + minutes(6));
  leave();
  say("2", reminded + minutes(10));
  say("je viens", reminded + minutes(11));
  EXPECT_EQ(response(second), Response::coming);
  say("1", reminded + minutes(25));
  EXPECT_NE(response(first), Response::declined);
  EXPECT_EQ(response(second), Response::coming);
}

TEST_F(Route, words_for_a_question_that_waits_for_them_are_not_taken_by_a_reminder) {
  const Appointment appointment = appoint("2027-04-15 14:30");
  TimePoint now = reminded - minutes(8);
  for (const char* text : {"Bonjour", "6", "1", "1", "4"}) say(text, now += minutes(1));
  ASSERT_EQ(conversation().stack.back().step, "show");
  pass_until(reminded);
  leave();
  EXPECT_TRUE(holds(say("Le robinet coule", reminded + minutes(2)).replies, "C'est noté pour 4 personnes"));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(tasks(), Kinds{"flat"});
}

}  // namespace
}  // namespace passerelle::turns
