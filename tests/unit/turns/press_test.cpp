// Buttons under questions, and what a press does: at once, late, twice, and after the question has gone.
#include "domain/press.hpp"

#include <algorithm>

#include "store/buttons.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint noon = at("2027-04-12 12:00");
const TimePoint reminded = at("2027-04-13 14:30");

bool holds(const std::vector<OutboundMessage>& replies, std::string_view part) {
  return std::ranges::any_of(replies, [&](const auto& reply) { return reply.text.find(part) != std::string::npos; });
}

class Pressed : public Room {
 protected:
  Pressed() { channels_["sms"].buttons = {10, 40}; }

  TakenIn press(const Button& button, TimePoint now) {
    InboundMessage message =
        passerelle::testing::text_from(phone_.user, button.label, "press-" + std::to_string(++pressed_));
    message.words = InboundMessage::Words::pressed;
    message.payload = button.payload;
    message.sent_at = now;
    return receive(message, now);
  }
  // The list of the association's own pages.
  TakenIn open_pages() {
    say("Bonjour", noon);
    press(newest(1), noon + minutes(1));
    return press(newest(5), noon + minutes(2));
  }
  // The n-th button of the newest message that shows some.
  Button newest(std::size_t number) {
    std::vector<Button> found;
    work([&](auto& transaction) {
      store::Statement row(transaction.database(),
                           "SELECT id FROM outbound WHERE buttons IS NOT NULL ORDER BY id DESC LIMIT 1");
      if (row.next()) found = store::buttons_of(transaction, row.get<OutboundId>(0)).list;
    });
    EXPECT_GE(found.size(), number);
    return found.size() < number ? Button() : found[number - 1];
  }
  Appointment asked(std::string_view when = "2027-04-15 14:30") {
    const Appointment appointment = appoint(when);
    pass_until(appointment.starts - hours(48));
    leave();
    return appointment;
  }
  Response response(const Appointment& appointment) { return found(appointment).response; }

 private:
  int pressed_ = 0;
};

TEST_F(Pressed, a_menu_shows_its_answers_in_the_readers_words_and_keeps_the_numbers_in_the_text) {
  const auto replies = say("Bonjour", noon).replies;
  ASSERT_EQ(replies.size(), 1U);
  const Buttons& buttons = replies.front().buttons;
  ASSERT_EQ(buttons.list.size(), 6U);
  EXPECT_EQ(buttons.list[3].label, "une personne");
  EXPECT_EQ(buttons.open, "Choisir");
  for (std::size_t i = 0; i < buttons.list.size(); ++i) {
    EXPECT_EQ(read_press(buttons.list[i].payload).value().number, static_cast<int>(i + 1));
    EXPECT_TRUE(holds(replies, std::to_string(i + 1) + " = " + buttons.list[i].label));
  }
}

TEST_F(Pressed, labels_of_right_to_left_languages_hold_no_marks) {
  const auto replies = say("السلام عليكم، أريد معلومات عن الجمعية من فضلكم", noon).replies;
  ASSERT_EQ(replies.front().buttons.list.size(), 6U);
  EXPECT_EQ(replies.front().buttons.list[3].label, "التحدث مع شخص");
}

TEST_F(Pressed, a_channel_that_shows_none_gets_none_and_too_long_a_list_or_label_neither) {
  TimePoint now = noon;
  for (const ButtonLimits limits : {ButtonLimits{}, ButtonLimits{5, 40}, ButtonLimits{10, 10}}) {
    channels_["sms"].buttons = limits;
    const auto replies = say("Bonjour", now += minutes(15)).replies;
    ASSERT_FALSE(replies.empty());
    EXPECT_TRUE(replies.front().buttons.list.empty()) << limits.most << " " << limits.longest_label;
    EXPECT_TRUE(holds(replies, "4 = une personne"));
  }
}

TEST_F(Pressed, a_press_is_the_answer_and_changes_no_language) {
  say("Bonjour", noon);
  const TakenIn taken = press(newest(4), noon + minutes(1));
  EXPECT_TRUE(holds(taken.replies, "Une personne de notre équipe"));
  EXPECT_EQ(tasks(), Kinds{"person"});
  EXPECT_EQ(conversation().locale, "fr");
}

TEST_F(Pressed, the_third_answer_in_a_row_is_confirmed_like_the_first) {
  std::vector<Button> coming;
  for (const char* when : {"2027-04-15 14:30", "2027-04-15 14:31", "2027-04-15 14:32"}) {
    asked(when);
    coming.push_back(newest(1));
  }
  for (const Button& each : coming) EXPECT_FALSE(press(each, reminded + minutes(5)).replies.empty());
}

TEST_F(Pressed, a_reminder_is_answered_although_a_menu_was_asked_since) {
  const Appointment appointment = asked();
  const Button declined = newest(2);
  EXPECT_EQ(declined.label, "je ne peux pas");
  say("Bonjour", reminded + minutes(3));
  EXPECT_TRUE(holds(press(declined, reminded + minutes(4)).replies, "pour un autre moment"));
  EXPECT_EQ(response(appointment), Response::declined);
  say("3", reminded + minutes(5));  // the menu is still open
  EXPECT_EQ(response(appointment), Response::declined);
}

TEST_F(Pressed, of_two_reminders_the_one_that_was_pressed_is_answered_without_asking_which) {
  const Appointment first = asked("2027-04-15 14:30");
  const Button coming = newest(1);
  const Appointment second = asked("2027-04-15 14:35");
  press(coming, reminded + minutes(6));
  EXPECT_EQ(response(first), Response::coming);
  EXPECT_EQ(response(second), Response::none);
  press(newest(2), reminded + minutes(7));
  EXPECT_EQ(response(first), Response::coming);
  EXPECT_EQ(response(second), Response::declined);
}

TEST_F(Pressed, whoever_pressed_yes_may_still_press_no_under_the_same_message) {
  const Appointment appointment = asked();
  const Button coming = newest(1), declined = newest(2);
  press(coming, reminded + minutes(1));
  press(coming, reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::coming);
  press(declined, reminded + hours(20));
  EXPECT_EQ(response(appointment), Response::declined);
}

TEST_F(Pressed, the_answer_to_a_time_that_was_moved_answers_nothing_and_a_person_reads_it) {
  const Appointment appointment = asked();
  const Button coming = newest(1);
  const Appointment moved = move(appointment, "2027-04-16 10:00", reminded + minutes(10));
  tell(moved, "appointment_moved", reminded + minutes(10));
  leave();
  EXPECT_TRUE(holds(press(coming, reminded + minutes(20)).replies, "Une personne de notre équipe"));
  EXPECT_EQ(response(moved), Response::none);
  EXPECT_EQ(tasks(), Kinds{"person"});
  press(newest(1), reminded + minutes(21));
  EXPECT_EQ(response(moved), Response::coming) << "the new question is still open";
}

TEST_F(Pressed, an_old_yes_is_no_yes_to_another_question) {
  say("Bonjour", noon);
  press(newest(1), noon + minutes(1));
  press(newest(3), noon + minutes(2));  // the price; "is this clear?"
  const Button clear = newest(1);
  EXPECT_EQ(clear.label, "oui");
  const Appointment appointment = asked();
  press(clear, reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::none);
}

TEST_F(Pressed, a_menu_can_be_pressed_days_later_and_opens_what_it_names) {
  say("Bonjour", noon);
  const Button information = newest(1);
  EXPECT_TRUE(holds(press(information, noon + hours(72)).replies, "Quelle information?"));
  EXPECT_TRUE(tasks().empty());
  EXPECT_TRUE(holds(press(information, noon + hours(73)).replies, "Quelle information?"))
      << "in the middle of another one";
}

TEST_F(Pressed, pressing_twice_what_leads_on_asks_again_and_calls_nobody) {
  open_pages();
  const TakenIn page = press(newest(1), noon + minutes(3));
  const Button again = newest(2);
  ASSERT_EQ(again.label, "expliquez encore");
  const TakenIn explained = press(again, noon + minutes(4));
  const TakenIn twice = press(again, noon + minutes(4));
  ASSERT_EQ(twice.replies.size(), 1U);
  EXPECT_TRUE(explained.replies.back().text.ends_with(twice.replies.front().text)) << "the question that is open";
  EXPECT_EQ(twice.replies.front().buttons, explained.replies.back().buttons);
  EXPECT_TRUE(tasks().empty()) << "a person would be called for a nervous thumb";
  EXPECT_TRUE(holds(press(newest(1), noon + minutes(5)).replies, "Très bien"));
}

// The dialog of the flat waits for "since when?"; the menu before it is still on the telephone.
TEST_F(Pressed, an_old_menu_opens_while_the_flat_waits_and_what_was_told_of_that_is_not_lost) {
  say("Bonjour", noon);
  const Button information = newest(1);
  for (const char* text : {"6", "2"}) say(text, noon + minutes(1));
  ASSERT_EQ(conversation().stack.back().step, "since");
  EXPECT_TRUE(tasks().empty());
  const TakenIn opened = press(information, noon + minutes(2));
  EXPECT_TRUE(holds(opened.replies, "Quelle information?"));
  EXPECT_FALSE(std::ranges::any_of(conversation().stack, [](const Frame& each) { return each.dialog.name == "flat"; }));
  EXPECT_EQ(tasks(), Kinds{"flat"}) << "the heating, as if nobody had answered";
}

TEST_F(Pressed, a_person_is_called_from_an_old_menu_while_the_flat_waits) {
  say("Bonjour", noon);
  const Button person = newest(4);
  for (const char* text : {"6", "2"}) say(text, noon + minutes(1));
  EXPECT_TRUE(holds(press(person, noon + minutes(2)).replies, "Une personne de notre équipe"));
  EXPECT_EQ(tasks(), (Kinds{"flat", "person"}));
}

TEST_F(Pressed, what_was_broken_pressed_twice_gives_up_nothing) {
  say("Bonjour", noon);
  say("6", noon + minutes(1));
  const Button heating = newest(2);
  press(heating, noon + minutes(2));
  const TakenIn again = press(heating, noon + minutes(3));
  ASSERT_EQ(again.replies.size(), 1U) << "the question that is open";
  EXPECT_EQ(conversation().stack.back().step, "since");
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Pressed, a_discreet_contact_gets_no_buttons) {
  Contact watched;
  watched.discreet = true;
  record(watched);
  asked();
  for (const auto& reply : say("Bonjour", reminded + minutes(1)).replies) EXPECT_TRUE(reply.buttons.list.empty());
  work([](auto& transaction) {
    store::Statement row(transaction.database(), "SELECT count(*) FROM outbound WHERE buttons IS NOT NULL");
    row.next();
    EXPECT_EQ(row.template get<std::int64_t>(0), 0);
  });
}

TEST_F(Pressed, a_list_of_the_server_is_pressed_by_what_it_offered) {
  const TakenIn menu = open_pages();
  ASSERT_EQ(menu.replies.size(), 1U);
  const auto& buttons = menu.replies.front().buttons.list;
  ASSERT_FALSE(buttons.empty());
  EXPECT_TRUE(holds(menu.replies, "1 = " + buttons.front().label));
  EXPECT_TRUE(holds(press(buttons.front(), noon + minutes(3)).replies, "C'est clair?"));
}

TEST_F(Pressed, stop_stays_stopped_whatever_is_pressed_of_before) {
  say("Bonjour", noon);
  const Button information = newest(1);
  say("STOP", noon + minutes(1));
  press(information, noon + minutes(2));
  EXPECT_EQ(conversation().consent, Consent::stopped);
  say("START", noon + minutes(3));
  EXPECT_EQ(conversation().consent, Consent::open);
}

TEST_F(Pressed, only_appointments_after_stop_is_a_button_and_after_start_it_stops_nothing) {
  say("STOP", noon);
  const Button only = newest(1);
  EXPECT_EQ(only.label, "seulement vos rendez-vous");
  press(only, noon + minutes(1));
  EXPECT_EQ(conversation().consent, Consent::reminders_only);
  say("START", noon + minutes(2));
  press(only, noon + minutes(3));
  EXPECT_EQ(conversation().consent, Consent::open);
}

}  // namespace
}  // namespace passerelle::turns
