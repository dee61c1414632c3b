// Ways that depend on facts, lists to choose from, and what is picked for the person.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Told = Person::Told;

Library places() {
  return library_of({{"menu", R"(steps:
  find:
    do: [{pick: service}]
    when:
      - {fact: service, is: no, then: none}
      - {fact: free_places, at_most: 0, then: full}
      - {fact: free_places, at_least: 5, then: many}
    then: show
  show:
    ask: menu.show
    answers: [{number: 2, then: find}]
  full: {say: menu.full}
  many: {say: menu.many}
  none: {say: menu.none, then: human}
)"},
                     {"choose", R"(steps:
  need:
    ask: choose.need
    answers: [{one_of: needs, keep: need, then: done}]
  done:
    ask: choose.done
    answers: [{number: 1, then: end}]
)"}});
}

TEST(Branches, the_first_one_that_is_so_is_taken) {
  const Library library = places();
  Person person{library};
  person.known.services = {"s1"};
  person.known.facts = {{"service", 1}, {"free_places", 0}};
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.full"}));
  person.known.facts["free_places"] = 5;
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.many"}));
  person.known.facts["free_places"] = 4;
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.show"}));
  person.known.facts["service"] = 0;
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.none", "task person", "say common.human"}));
}

TEST(Branches, a_fact_that_nobody_knows_is_never_so) {
  const Library library = places();
  Person person{library};
  person.known.services = {"s1"};
  person.known.facts = {{"service", 1}};
  EXPECT_EQ(person.begin("menu"), (Told{"say menu.show"})) << "nobody counts the places: it is not full";
}

TEST(Branches, each_pick_is_the_next_best_and_none_is_forgotten) {
  const Library library = places();
  Person person{library};
  person.known.services = {"s1", "s2"};
  person.known.facts = {{"service", 1}};
  person.begin("menu");
  EXPECT_EQ(person.kept("service"), "s1");
  person.known.services = {"s0", "s1", "s2"};  // it opens meanwhile
  person.write("2");
  EXPECT_EQ(person.kept("service"), "s0");
  person.pause();
  person.write("2");
  EXPECT_EQ(person.kept("service"), "s2");
  person.write("2");
  EXPECT_EQ(person.kept("service"), "-") << "an old pick must not look like a new one";
}

TEST(Branches, a_number_means_what_it_meant_when_the_list_was_read) {
  const Library library = places();
  Person person{library};
  person.known.lists["needs"] = {{"food", {"eat"}}, {"sleep", {"bed"}}};
  person.begin("choose");
  const auto& say = std::get<SayEffect>(person.last.effects.back());
  EXPECT_EQ(say.list, "needs");
  EXPECT_EQ(say.offered, (std::vector<std::string>{"food", "sleep"}));
  person.pause();
  person.known.lists["needs"].insert(person.known.lists["needs"].begin(), {"doctor", {"ill"}});
  person.write("2");
  EXPECT_EQ(person.kept("need"), "sleep");
}

TEST(Branches, a_name_of_the_list_fits_and_one_that_was_not_offered_does_not) {
  const Library library = places();
  Person person{library};
  person.known.lists["needs"] = {{"food", {"eat"}}};
  person.begin("choose");
  person.known.lists["needs"].push_back({"doctor", {"ill"}});
  EXPECT_EQ(person.write("ill"), (Told{"say common.not_understood", "say choose.need"}));
  person.write("eat");
  EXPECT_EQ(person.kept("need"), "food");
}

TEST(Branches, numbers_beyond_the_list_and_zero_are_misses) {
  const Library library = places();
  for (const char* text : {"2", "0", "99"}) {
    Person person{library};
    person.known.lists["needs"] = {{"food", {"eat"}}};
    person.begin("choose");
    EXPECT_EQ(person.write(text).front(), "say common.not_understood") << text;
  }
}

TEST(Branches, nothing_to_choose_from_is_a_human) {
  const Library library = places();
  Person person{library};
  EXPECT_EQ(person.begin("choose"), (Told{"task person", "say common.human"}));
  EXPECT_TRUE(person.conversation.stack.empty());
}

TEST(Branches, what_is_asked_again_shows_the_same_list) {
  const Library library = places();
  Person person{library};
  person.known.lists["needs"] = {{"food", {"eat"}}, {"sleep", {"bed"}}};
  person.begin("choose");
  person.known.lists["needs"].erase(person.known.lists["needs"].begin());
  person.write("perhaps");
  EXPECT_EQ(std::get<SayEffect>(person.last.effects.back()).offered, (std::vector<std::string>{"food", "sleep"}));
}

}  // namespace
}  // namespace passerelle::dialog
