// Standing questions: they wait beside other dialogs until their event, one for each invitation.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Told = std::vector<std::string>;

constexpr auto day = std::chrono::hours(24);

Library reminders() {
  return library_of({{"menu", R"(expires: 2h
steps:
  choose:
    ask: menu.q
    answers: [{number: 1, then: end}, {number: 7, then: end}, {number: 8, then: name}]
  name:
    ask: menu.name
    answers: [{text: name, then: end}]
)"},
                     {"reminder", R"(standing: true
steps:
  two_days:
    say: reminder.two_days
    then: answer
  two_hours:
    say: reminder.two_hours
    then: answer
  answer:
    ask: reminder.answer
    answers:
      - {number: 1, then: coming}
      - {number: 2, then: declined}
      - {number: 9, then: first}
    unclear: human
  coming:
    do: [{invitation: coming}, {say: reminder.coming}]
  declined:
    do: [{invitation: declined}, {task: call_back}]
    say: reminder.declined
)"},
                     {"moved", R"(standing: true
expires: 3h
steps:
  ask:
    ask: moved.q
    answers: [{number: 1, then: sure}, {number: 6, then: dialog menu}]
  sure:
    ask: moved.sure
    answers: [{number: 3, then: end}]
)"},
                     {"cancelled", "standing: true\nsteps:\n  tell: {say: cancelled.text}\n"},
                     {"stop_ask", R"(aside: true
steps:
  sure:
    ask: stop.sure
    answers: [{number: 4, then: end}, {number: 5, then: first}]
)"}});
}

Opening about(const std::string& invitation, TimePoint expires = noon + 2 * day) {
  return {{{"invitation", invitation}}, expires, ""};
}

std::vector<std::string> waiting_for(const Person& person) {
  std::vector<std::string> all;
  for (const Frame& frame : person.conversation.stack) {
    const auto found = frame.answers.find("invitation");
    all.push_back(frame.dialog.name + (found == frame.answers.end() ? "" : " " + found->second));
  }
  return all;
}

TEST(Standing, an_answer_is_recorded_for_the_invitation_that_the_dialog_was_begun_for) {
  const Library library = reminders();
  Person person{library};
  EXPECT_EQ(person.begin("reminder", about("12")), (Told{"say reminder.two_days", "say reminder.answer"}));
  for (const Effect& effect : person.last.effects) EXPECT_EQ(std::get<SayEffect>(effect).invitation, "12");
  EXPECT_EQ(person.write("2"), (Told{"say reminder.declined", "invitation 12 declined", "task call_back"}));
  EXPECT_EQ(std::get<SayEffect>(person.last.effects[0]).invitation, "12");
  EXPECT_TRUE(person.conversation.stack.empty());
}

TEST(Standing, a_dialog_may_begin_at_any_of_its_steps_and_another_step_calls_a_human) {
  const Library library = reminders();
  Person person{library};
  Opening opening = about("12");
  opening.step = "two_hours";
  EXPECT_EQ(person.begin("reminder", opening), (Told{"say reminder.two_hours", "say reminder.answer"}));
  opening.step = "two_weeks";
  EXPECT_EQ(Person{library}.begin("reminder", opening), (Told{"task person", "say common.human"}));
}

TEST(Standing, the_question_waits_until_the_time_given_and_no_longer) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder", about("12", noon + 2 * day));
  EXPECT_TRUE(waiting(person.conversation, noon + 2 * day - Milliseconds(1)));
  EXPECT_FALSE(waiting(person.conversation, noon + 2 * day));
  EXPECT_EQ(person.conversation.stack.back().asked, noon);
}

TEST(Standing, the_time_given_holds_for_the_questions_that_follow_and_for_one_that_is_put_again) {
  const Library library = reminders();
  Person person{library};
  person.begin("moved", about("12", noon + 2 * day));
  person.now += std::chrono::hours(1);
  person.write("hm");
  EXPECT_EQ(person.conversation.stack.back().expires, noon + 2 * day);
  EXPECT_EQ(person.conversation.stack.back().asked, person.now);
  person.write("1");
  EXPECT_EQ(step_of(person.conversation), "moved/sure");
  EXPECT_EQ(person.conversation.stack.back().expires, noon + 2 * day);
}

TEST(Standing, without_a_time_given_the_dialogs_own_span_counts) {
  const Library library = reminders();
  Person person{library};
  person.begin("moved");
  EXPECT_EQ(person.conversation.stack.back().expires, noon + std::chrono::hours(3));
}

TEST(Standing, neither_clears_the_open_question_nor_is_cleared_by_another_dialog) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  EXPECT_EQ(waiting_for(person), (Told{"menu", "reminder 12"}));
  person.begin("menu");
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12", "menu"}));
  EXPECT_EQ(person.write("7"), Told{});
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12"}));
}

TEST(Standing, an_answer_leaves_the_older_question_open_and_does_not_ask_it_again) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  EXPECT_EQ(person.write("1"), (Told{"invitation 12 coming", "say reminder.coming"}));
  EXPECT_EQ(waiting_for(person), (Told{"menu"}));
}

TEST(Standing, is_not_asked_again_after_an_aside_but_the_question_below_it_is_and_comes_first_then) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  person.begin("stop_ask");
  person.now += std::chrono::minutes(5);
  EXPECT_EQ(person.write("4"), (Told{"say menu.q"}));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12", "menu"}));
  EXPECT_EQ(person.conversation.stack.back().asked, person.now);
  person.write("7");
  person.begin("stop_ask");
  EXPECT_EQ(person.write("4"), Told{}) << "only the reminder waits";
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12"}));
}

TEST(Standing, first_begins_the_first_dialog_when_only_standing_questions_wait) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder", about("12"));
  person.begin("stop_ask");
  EXPECT_EQ(person.write("5"), (Told{"say menu.q"}));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12", "menu"}));
  EXPECT_EQ(person.write("9", 0), (Told{"say menu.q"})) << "first, from a standing dialog";
  EXPECT_EQ(waiting_for(person), (Told{"menu"}));
}

TEST(Standing, each_invitation_has_its_own_question_and_a_newer_one_replaces_it) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder", about("12"));
  person.begin("reminder", about("13"));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12", "reminder 13"}));
  person.begin("reminder", about("12"));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 13", "reminder 12"}));
  person.begin("moved", about("13"));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12", "moved 13"}));
  person.begin("cancelled", about("12"));
  EXPECT_EQ(waiting_for(person), (Told{"moved 13"}));
}

TEST(Standing, a_dialog_that_another_leads_to_forgets_the_invitation) {
  const Library library = reminders();
  Person person{library};
  person.begin("moved", about("12"));
  EXPECT_EQ(person.write("6"), (Told{"say menu.q"}));
  EXPECT_EQ(waiting_for(person), (Told{"menu"}));
  EXPECT_EQ(std::get<SayEffect>(person.last.effects[0]).invitation, "");
  EXPECT_EQ(person.conversation.stack.back().expires, noon + std::chrono::hours(2)) << "menu's own span";
}

TEST(Standing, of_nine_questions_the_oldest_that_does_not_stand_goes_first) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder", about("1"));
  person.begin("menu");
  for (int i = 2; i <= 8; ++i) person.begin("reminder", about(std::to_string(i)));
  ASSERT_EQ(person.conversation.stack.size(), Conversation::deepest);
  EXPECT_EQ(waiting_for(person).front(), "reminder 1");
  EXPECT_EQ(waiting_for(person).at(1), "reminder 2") << "the menu made room";
  person.begin("reminder", about("9"));
  EXPECT_EQ(waiting_for(person).front(), "reminder 2") << "when all stand, the oldest";
  EXPECT_EQ(waiting_for(person).back(), "reminder 9");
}

TEST(Unclear, what_fits_nothing_calls_a_human_at_once_and_the_question_stays_as_it_was) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  const Conversation before = person.conversation;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(person.write("yes, in 2 hours"), (Told{"task person", "say common.human"}));
  EXPECT_EQ(person.conversation, before);
  EXPECT_EQ(person.write("1"), (Told{"invitation 12 coming", "say reminder.coming"}));
}

TEST(Unclear, what_has_expired_meanwhile_is_forgotten_all_the_same) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  person.now += std::chrono::hours(3);
  person.write("hm");
  EXPECT_EQ(waiting_for(person), (Told{"reminder 12"}));
}

TEST(Answering, an_older_question_can_be_answered_and_the_newer_ones_stay) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder", about("12"));
  person.begin("reminder", about("13"));
  person.begin("menu");
  EXPECT_EQ(person.who_accepts("1"), (std::vector<std::size_t>{2, 1, 0}));
  EXPECT_EQ(person.who_accepts("2"), (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(person.who_accepts("hm"), std::vector<std::size_t>{});
  EXPECT_EQ(person.write("2", 0), (Told{"say reminder.declined", "invitation 12 declined", "task call_back"}));
  EXPECT_EQ(waiting_for(person), (Told{"reminder 13", "menu"}));
}

TEST(Answering, free_text_accepts_nothing) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.write("8");
  EXPECT_EQ(step_of(person.conversation), "menu/name");
  EXPECT_EQ(person.who_accepts("Amina"), std::vector<std::size_t>{});
}

TEST(Answering, expired_frames_do_not_move_the_one_that_was_meant) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  person.begin("reminder", about("13"));
  person.now += std::chrono::hours(3);
  EXPECT_EQ(person.write("1", 1).front(), "invitation 12 coming");
  EXPECT_EQ(waiting_for(person), (Told{"reminder 13"}));
}

TEST(Answering, a_frame_that_does_not_wait_means_the_newest_that_does) {
  const Library library = reminders();
  Person person{library};
  person.begin("menu");
  person.begin("reminder", about("12"));
  person.now += std::chrono::hours(3);
  EXPECT_EQ(person.write("1", 0).front(), "invitation 12 coming") << "the menu has expired";
  person.begin("reminder", about("13"));
  EXPECT_EQ(person.write("1", 99).front(), "invitation 13 coming");
}

TEST(Answering, an_answer_to_an_invitation_that_nobody_named_is_for_a_human) {
  const Library library = reminders();
  Person person{library};
  person.begin("reminder");
  EXPECT_EQ(person.write("1"), (Told{"task person", "say common.human", "say reminder.coming"}));
}

}  // namespace
}  // namespace passerelle::dialog
