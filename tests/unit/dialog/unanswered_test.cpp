// Questions that give up waiting, and conversations that began with another version of their dialog.
#include <gtest/gtest.h>

#include "dialog/stack.hpp"
#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Told = Person::Told;

Library waiting_rooms() {
  return library_of(
      {{"menu", R"(expires: 24h
steps:
  ask:
    ask: menu.q
    answers: [{number: 1, then: end}, {number: 2, then: patient}]
    unanswered: {after: 2h, then: again}
  again:
    ask: menu.still_there
    answers: [{number: 1, then: end}]
    unanswered: {after: 3h, then: human}
  patient:
    ask: menu.patient
    answers: [{number: 1, then: end}]
)"},
       {"help", "aside: true\nsteps:\n  ask:\n    ask: help.q\n    answers: [{number: 3, then: end}]\n"}});
}

TEST(Unanswered, the_dialog_goes_on_when_its_time_has_come_and_not_before) {
  const Library library = waiting_rooms();
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(next_time_out(person.conversation), noon + hours(2));
  person.pause();
  EXPECT_EQ(person.wait_until(noon + hours(2) - minutes(1)), Told{});
  EXPECT_EQ(step_of(person.conversation), "menu/ask");
  EXPECT_EQ(person.wait_until(noon + hours(2)), (Told{"say menu.still_there"}));
  EXPECT_EQ(person.wait_until(noon + hours(5)), (Told{"task person", "say common.human"}));
  EXPECT_EQ(next_time_out(person.conversation), std::nullopt);
  EXPECT_EQ(person.wait_until(noon + hours(50)), Told{}) << "once";
}

TEST(Unanswered, an_answer_in_time_ends_the_waiting) {
  const Library library = waiting_rooms();
  Person person{library};
  person.begin("menu");
  person.write("2");
  EXPECT_EQ(person.wait_until(noon + hours(3)), Told{});
  EXPECT_EQ(step_of(person.conversation), "menu/patient");
}

TEST(Unanswered, a_question_that_is_put_again_waits_anew) {
  const Library library = waiting_rooms();
  Person person{library};
  person.begin("menu");
  person.now = noon + hours(1);
  person.write("perhaps");
  EXPECT_EQ(next_time_out(person.conversation), noon + hours(3));
}

TEST(Unanswered, below_another_question_it_still_gives_up_and_that_one_stays) {
  const Library library = waiting_rooms();
  Person person{library};
  person.begin("menu");
  person.begin("help");
  EXPECT_EQ(person.wait_until(noon + hours(2)), (Told{"say menu.still_there"}));
  EXPECT_EQ(step_of(person.conversation), "menu/again");
  EXPECT_EQ(person.conversation.stack.size(), 2U);
}

TEST(Unanswered, what_another_dialog_replaces_still_opens_its_task) {
  const Library library =
      library_of({{"menu", R"(steps:
  ask:
    ask: menu.q
    answers: [{number: 1, keep: what, value: water, then: more}]
    unanswered: {after: 2h, then: unfinished}
  more:
    ask: menu.more
    answers: [{number: 1, then: end}]
    unanswered: {after: 2h, then: unfinished}
  unfinished:
    do: [{task: flat}, {case: flat}, {say: menu.noted}]
)"},
                  {"other", "steps:\n  ask:\n    ask: other.q\n    answers: [{number: 1, then: end}]\n"},
                  {"help", "aside: true\nsteps:\n  tell: {say: help.text}\n"}});
  Person person{library};
  person.begin("menu");
  person.write("1");
  EXPECT_EQ(person.begin("help"), (Told{"say help.text"})) << "an aside replaces nothing";
  EXPECT_EQ(person.begin("other"), (Told{"task flat", "case flat", "say other.q"})) << "and says nothing of it";
  EXPECT_EQ(std::get<TaskEffect>(person.last.effects[0]).answers, (Answers{{"what", "water"}}));
}

TEST(Versions, a_conversation_goes_on_in_the_version_that_it_began_with) {
  const Library before = waiting_rooms();
  Person person{before};
  person.begin("menu");
  Library after = library_of({});
  Loaded changed =
      load("dialogs/menu.yaml",
           "dialog: menu\nsteps:\n  ask:\n    ask: menu.q\n    answers: [{number: 5, then: end}]\n", "new");
  ASSERT_TRUE(changed.dialog);
  after.add(changed.dialog);
  EXPECT_EQ(missing_versions(person.conversation, after), (std::vector<DialogRef>{{"menu", "hash of menu"}}));

  Person without{after, person.conversation};
  EXPECT_EQ(without.write("2").front(), "say common.not_understood") << "today's dialog, where the old one is lost";

  after.add_version(before.all().at("menu"));
  EXPECT_TRUE(missing_versions(person.conversation, after).empty());
  Person with{after, person.conversation};
  EXPECT_EQ(with.write("2"), (Told{"say menu.patient"}));
  EXPECT_EQ(with.conversation.stack.back().dialog.hash, "hash of menu") << "and stays in it";
  EXPECT_EQ(with.begin("menu"), (Told{"say menu.q"}));
  EXPECT_EQ(with.conversation.stack.back().dialog.hash, "new") << "whoever begins, begins with today's";
}

}  // namespace
}  // namespace passerelle::dialog
