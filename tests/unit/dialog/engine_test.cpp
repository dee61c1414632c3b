// One turn after the other: what is said, what waits, and who is called.
#include "dialog/engine.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Told = std::vector<std::string>;

TEST(Engine, a_dialog_speaks_until_it_asks_and_waits_there) {
  const Library library = intake();
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.hello", "say menu.name"}));
  ASSERT_EQ(person.conversation.stack.size(), 1u);
  const Frame& frame = person.conversation.stack[0];
  EXPECT_EQ(frame.dialog, (DialogRef{"menu", "hash of menu"}));
  EXPECT_EQ(frame.step, "name");
  EXPECT_EQ(frame.expires, noon + std::chrono::hours(2));
  EXPECT_TRUE(waiting(person.conversation, noon));
}

TEST(Engine, a_whole_intake_ends_with_a_case_of_the_answers) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  EXPECT_EQ(person.write("  Amina "), (Told{"say menu.thanks", "say menu.confirm"}));
  EXPECT_EQ(person.write("yes"), (Told{"case intake", "task call_back", "say menu.done"}));
  EXPECT_EQ(std::get<CaseEffect>(person.last.effects[0]).answers, (Answers{{"name", "Amina"}}));
  EXPECT_EQ(std::get<SayEffect>(person.last.effects[2]).arguments, (Arguments{{"name", std::string("Amina")}}));
  EXPECT_FALSE(waiting(person.conversation, noon));
  EXPECT_EQ(step_of(person.conversation), "-");
}

TEST(Engine, a_no_asks_again_and_the_new_answer_counts) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.write("no"), (Told{"say menu.name"}));
  person.write("Semhar");
  person.write("yes");
  EXPECT_EQ(std::get<CaseEffect>(person.last.effects[0]).answers.at("name"), "Semhar");
}

TEST(Engine, what_fits_nothing_is_told_so_and_the_third_time_a_human_is_called) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.write("hm"), (Told{"say menu.again", "say menu.confirm"}));
  EXPECT_EQ(person.conversation.stack.back().misses, 1);
  EXPECT_EQ(person.write("hm"), (Told{"say menu.again", "say menu.confirm"}));
  EXPECT_EQ(person.write("hm"), (Told{"task person", "say common.human"}));
  EXPECT_TRUE(person.conversation.stack.empty());
}

TEST(Engine, an_answer_that_fits_begins_the_count_of_misses_anew) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  person.write("hm");
  person.write("no");
  person.write("Amina");
  EXPECT_EQ(person.conversation.stack.back().misses, 0);
}

TEST(Engine, without_otherwise_the_common_sentence_is_said_and_twice_is_the_limit) {
  const Library library = intake();
  Person person{library};
  person.begin("other");
  EXPECT_EQ(person.write("hm"), (Told{"say common.not_understood", "say other.q"}));
  EXPECT_EQ(person.write("hm"), (Told{"task person", "say common.human"}));
}

TEST(Engine, a_miss_gives_the_question_its_full_time_again) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  person.now += std::chrono::minutes(90);
  person.write("hm");
  EXPECT_EQ(person.conversation.stack.back().expires, person.now + std::chrono::hours(2));
}

TEST(Engine, exits_lead_to_a_human_to_another_dialog_and_to_the_first) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  const Conversation asked = person.conversation;
  EXPECT_EQ(person.write("9"), (Told{"task person", "say common.human"}));
  EXPECT_EQ(step_of(person.conversation), "-");
  person.conversation = asked;
  EXPECT_EQ(person.write("8"), (Told{"say other.q"}));
  EXPECT_EQ(step_of(person.conversation), "other/choose");
  EXPECT_TRUE(person.conversation.stack.back().answers.empty());
  person.conversation = asked;
  EXPECT_EQ(person.write("7"), (Told{"say menu.hello", "say menu.name"}));
  EXPECT_EQ(person.conversation.stack.size(), 1u);
}

TEST(Engine, a_chosen_language_is_stored_as_chosen) {
  const Library library = intake();
  Person person{library};
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.write("arabic"), (Told{"say menu.thanks", "say menu.confirm"}));
  EXPECT_EQ(person.conversation.locale, "ar");
  EXPECT_TRUE(person.conversation.locale_chosen);
  person.write("3");
  EXPECT_EQ(person.conversation.locale, "ti");
}

TEST(Engine, consent_and_latin_letters_are_kept_in_the_conversation) {
  const Library library = intake();
  Person person{library};
  person.begin("stop_ask");
  EXPECT_EQ(person.write("1"), (Told{"say stop.done"}));
  EXPECT_EQ(person.conversation.consent, Consent::stopped);
  EXPECT_TRUE(person.conversation.latin_only);
}

TEST(Engine, a_circle_without_a_question_ends_with_a_human_and_says_nothing_twice) {
  const Library library = library_of({{"menu", "steps:\n  a: {say: menu.a, then: b}\n  b: {say: menu.b, then: a}\n"}});
  Person person{library};
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.a", "say menu.b", "task person", "say common.human"}));
}

TEST(Engine, fifty_steps_in_a_turn_are_taken_and_one_more_is_not) {
  const auto chain = [](int length) {
    std::string text = "steps:\n";
    for (int i = 1; i <= length; ++i) {
      const std::string next = i == length ? "end" : "s" + std::to_string(i + 1);
      text += "  s" + std::to_string(i) + ": {say: k" + std::to_string(i) + ", then: " + next + "}\n";
    }
    return library_of({{"menu", text}});
  };
  const Library fits = chain(50);
  EXPECT_EQ(Person{fits}.begin("menu").back(), "say k50");
  const Library too_long = chain(51);
  EXPECT_EQ(Person{too_long}.begin("menu").back(), "say common.human");
}

TEST(Engine, accepts_tells_a_clear_answer_from_free_text) {
  const Library library = intake();
  Person person{library};
  EXPECT_FALSE(person.would_accept("1"));
  EXPECT_FALSE(takes_any_text(person.conversation, library));
  person.begin("menu");
  EXPECT_TRUE(takes_any_text(person.conversation, library));
  EXPECT_FALSE(person.would_accept("Amina"));
  person.write("Amina");
  EXPECT_FALSE(takes_any_text(person.conversation, library));
  EXPECT_TRUE(person.would_accept("9"));
  EXPECT_TRUE(person.would_accept("yes"));
  EXPECT_TRUE(person.would_accept("ti"));
  EXPECT_FALSE(person.would_accept("hm"));
}

TEST(Engine, the_version_is_the_callers_to_count) {
  const Library library = intake();
  Person person{library};
  person.conversation.version = 41;
  person.begin("menu");
  person.write("Amina");
  EXPECT_EQ(person.conversation.version, 41u);
}

}  // namespace
}  // namespace passerelle::dialog
