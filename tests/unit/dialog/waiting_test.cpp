// What waits: asides above the open question, questions that expire, and dialogs that change while they wait.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Told = std::vector<std::string>;

TEST(Waiting, a_new_dialog_replaces_all_that_waited) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.begin("stop_ask");
  ASSERT_EQ(person.conversation.stack.size(), 2u);
  person.begin("other");
  EXPECT_EQ(person.conversation.stack.size(), 1u);
  EXPECT_EQ(step_of(person.conversation), "other/choose");
}

TEST(Waiting, an_aside_that_does_not_ask_leaves_the_question_as_it_was) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  const Conversation before = person.conversation;
  EXPECT_EQ(person.begin("help"), (Told{"say help.text"}));
  EXPECT_EQ(person.conversation, before);
  EXPECT_EQ(person.begin("urgent"), (Told{"say urgent.text", "task person", "say common.human"}));
  EXPECT_EQ(person.conversation, before);
}

TEST(Waiting, an_aside_that_asks_comes_first_and_then_the_older_question_again) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.begin("stop_ask"), (Told{"say stop.sure"}));
  EXPECT_EQ(step_of(person.conversation), "stop_ask/sure");
  person.now += std::chrono::minutes(30);
  EXPECT_EQ(person.write("2"), (Told{"say menu.confirm"}));
  EXPECT_EQ(std::get<SayEffect>(person.last.effects[0]).arguments.size(), 1u);
  EXPECT_EQ(step_of(person.conversation), "menu/confirm");
  EXPECT_EQ(person.conversation.stack.back().expires, person.now + std::chrono::hours(2));
  EXPECT_EQ(person.write("yes").back(), "say menu.done");
}

TEST(Waiting, an_aside_that_nobody_understands_calls_a_human_and_ends_alone) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.begin("stop_ask");
  person.write("hm");
  EXPECT_EQ(person.write("hm"), (Told{"task person", "say common.human", "say menu.name"}));
  EXPECT_EQ(step_of(person.conversation), "menu/name");
}

TEST(Waiting, an_aside_leads_first_to_the_question_that_it_interrupted) {
  const Library library =
      library_of({{"menu", "steps:\n  ask: {ask: menu.ask, answers: [{number: 1, then: end}]}\n"},
                  {"tongue", "aside: true\nsteps:\n  ask: {ask: tongue.ask, answers: [{number: 7, then: first}]}\n"},
                  {"form", "steps:\n  ask: {ask: form.ask, answers: [{number: 1, then: end}]}\n"}});
  Person person{library};
  person.begin("form");
  person.begin("tongue");
  EXPECT_EQ(person.write("7"), (Told{"say form.ask"}));
  EXPECT_EQ(step_of(person.conversation), "form/ask");
  Person nobody{library};
  nobody.begin("tongue");
  EXPECT_EQ(nobody.write("7"), (Told{"say menu.ask"})) << "nothing was interrupted: the first dialog";
}

TEST(Waiting, an_optional_question_can_be_forgotten) {
  const Library library = library_of(
      {{"menu", "steps:\n  ask: {ask: menu.ask, answers: [{number: 1, then: end}]}\n"},
       {"sure", "aside: true\noptional: true\nsteps:\n  ask: {ask: sure.ask, answers: [{number: 1, then: end}]}\n"}});
  Person person{library};
  person.begin("menu");
  EXPECT_FALSE(is_optional(person.conversation, library));
  person.begin("sure");
  EXPECT_TRUE(is_optional(person.conversation, library));
  drop_question(person.conversation);
  EXPECT_EQ(step_of(person.conversation), "menu/ask");
  Conversation blank;
  drop_question(blank);
  EXPECT_FALSE(is_optional(blank, library));
}

TEST(Waiting, the_same_aside_twice_waits_once) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.begin("stop_ask");
  person.begin("stop_ask");
  EXPECT_EQ(person.conversation.stack.size(), 2u);
  EXPECT_EQ(person.write("2"), (Told{"say menu.name"}));
}

TEST(Waiting, an_expired_question_waits_no_more) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  EXPECT_TRUE(waiting(person.conversation, noon + std::chrono::hours(2) - Milliseconds(1)));
  EXPECT_FALSE(waiting(person.conversation, noon + std::chrono::hours(2)));
}

TEST(Waiting, when_an_aside_expires_the_older_question_takes_the_answer) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  person.begin("stop_ask");
  person.now += std::chrono::minutes(61);
  EXPECT_TRUE(waiting(person.conversation, person.now));
  EXPECT_EQ(person.write("yes").back(), "say menu.done");
}

TEST(Waiting, an_answer_to_nothing_begins_the_first_dialog) {
  const Library library = intake();
  Person person{library};
  EXPECT_EQ(person.write("hello"), (Told{"say menu.hello", "say menu.name"}));
}

TEST(Waiting, a_dialog_that_does_not_exist_calls_a_human_and_keeps_the_open_question) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(person.begin("nowhere"), (Told{"task person", "say common.human"}));
  EXPECT_EQ(step_of(person.conversation), "menu/name");
}

TEST(Waiting, a_dialog_that_has_changed_goes_on_at_its_step_in_the_new_version) {
  Library library = intake();
  Person person{library};
  person.begin("menu");
  library.add(load("menu.yaml",
                   "dialog: menu\nsteps:\n  name:\n    ask: menu.new\n    answers: [{number: 1, then: end}]\n", "newer")
                  .dialog);
  EXPECT_EQ(person.write("hm"), (Told{"say common.not_understood", "say menu.new"}));
  EXPECT_EQ(person.conversation.stack.back().dialog.hash, "newer");
}

TEST(Waiting, a_question_whose_step_or_dialog_has_gone_calls_a_human) {
  const Library before = intake();
  const Library changed = library_of({{"menu", "steps:\n  name: {say: menu.hello}\n"}});
  const Library renamed = library_of({{"menu", "steps:\n  other: {say: menu.hello}\n"}});
  const Library gone = library_of({});
  for (const Library* after : {&changed, &renamed, &gone}) {
    Person person{before};
    person.begin("menu");
    Person later{*after, person.conversation};
    EXPECT_FALSE(takes_any_text(later.conversation, *after));
    EXPECT_FALSE(later.would_accept("1"));
    EXPECT_EQ(later.write("Amina"), (Told{"task person", "say common.human"}));
    EXPECT_TRUE(later.conversation.stack.empty());
  }
}

TEST(Waiting, an_older_question_that_has_gone_meanwhile_calls_a_human_once) {
  const Library library = intake();
  Person person{library};
  person.begin("stop_ask");
  Frame gone = person.conversation.stack.back();
  gone.dialog.name = "gone";
  person.conversation.stack.insert(person.conversation.stack.begin(), {gone, gone});
  EXPECT_EQ(person.write("2"), (Told{"task person", "say common.human"}));
  EXPECT_TRUE(person.conversation.stack.empty());
}

TEST(Waiting, the_ninth_question_pushes_out_the_oldest) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (int i = 1; i <= 9; ++i) {
    texts.push_back({"aside" + std::to_string(i),
                     "aside: true\nsteps:\n  q:\n    ask: a.q\n    answers: [{number: 1, then: end}]\n"});
  }
  const Library library = library_of(texts);
  Person person{library};
  for (const auto& [name, text] : texts) person.begin(name);
  ASSERT_EQ(person.conversation.stack.size(), Conversation::deepest);
  EXPECT_EQ(person.conversation.stack.front().dialog.name, "aside2");
  EXPECT_EQ(person.conversation.stack.back().dialog.name, "aside9");
}

}  // namespace
}  // namespace passerelle::dialog
