// Dialogs that call other dialogs, and go on when those have ended.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Told = Person::Told;

Library house() {
  return library_of({{"menu", R"(steps:
  hello:
    say: menu.hello
    call: who
    then: ask
  ask:
    ask: menu.q
    answers:
      - {number: 1, then: end}
      - {number: 2, then: hello}
)"},
                     {"who", R"(aside: true
steps:
  ask:
    ask: who.q
    answers:
      - {number: 7, then: human}
      - {number: 8, then: dialog other}
      - {number: 9, then: first}
      - {text: writer, then: thanks}
  thanks: {say: who.thanks}
)"},
                     {"other", "steps:\n  ask:\n    ask: other.q\n    answers: [{text: more, then: end}]\n"}});
}

TEST(Calls, the_caller_goes_on_where_the_called_dialog_ends_and_knows_what_it_kept) {
  const Library library = house();
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.hello", "say who.q"}));
  EXPECT_EQ(step_of(person.conversation), "who/ask");
  person.pause();
  EXPECT_EQ(person.write("Amina"), (Told{"say who.thanks", "say menu.q"}));
  EXPECT_EQ(step_of(person.conversation), "menu/ask");
  EXPECT_EQ(person.kept("writer"), "Amina");
  EXPECT_TRUE(person.conversation.stack.back().callers.empty());
}

TEST(Calls, the_actions_before_a_call_are_done_once) {
  const Library library = house();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.write("2"), (Told{"say menu.hello", "say who.q"})) << "a new round says it anew";
}

TEST(Calls, another_dialog_that_the_called_one_leads_to_comes_back_as_well) {
  const Library library = house();
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(person.write("8"), (Told{"say other.q"}));
  person.pause();
  EXPECT_EQ(person.write("soon"), (Told{"say menu.q"}));
  EXPECT_EQ(person.kept("more"), "soon");
}

TEST(Calls, a_human_ends_the_whole_chain) {
  const Library library = house();
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(person.write("7"), (Told{"task person", "say common.human"}));
  EXPECT_TRUE(person.conversation.stack.empty());
}

TEST(Calls, a_called_dialog_leaves_the_older_question_for_later) {
  const Library library = house();
  Person person{library};
  person.begin("other");
  person.begin("who");  // an aside that came in between
  EXPECT_EQ(person.write("Amina"), (Told{"say who.thanks", "say other.q"}));
}

TEST(Calls, eight_deep_is_a_human) {
  const Library library = library_of({{"menu", "steps:\n  a: {call: menu, then: end}\n"}});
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"task person", "say common.human"}));
}

TEST(Calls, a_called_dialog_that_has_gone_is_a_human) {
  const Library library = library_of({{"menu", "steps:\n  a: {call: gone, then: end}\n"}});
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"task person", "say common.human"}));
}

TEST(Calls, a_caller_whose_step_has_gone_is_a_human) {
  const Library before = house();
  Person person{before};
  person.begin("menu");
  const Library after =
      library_of({{"menu", "steps:\n  new: {say: menu.new}\n"},
                  {"who", "steps:\n  ask:\n    ask: who.q\n    answers: [{text: writer, then: end}]\n"}});
  Person later{after, person.conversation};
  EXPECT_EQ(later.write("Amina"), (Told{"task person", "say common.human"}));
}

TEST(Calls, a_dialog_in_another_language_than_the_reader_s_is_a_human) {
  const Library library =
      library_of({{"menu", "languages: [ar]\nsteps:\n  a:\n    ask: menu.q\n    answers: [{number: 1, then: end}]\n"}});
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"task person", "say common.human"}));
  person.reads = "ar";
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.q"}));
}

}  // namespace
}  // namespace passerelle::dialog
