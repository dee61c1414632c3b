// The ways that a dialog has are the ways that its turns take.
#include "dialog/ways.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

std::vector<std::string> ways_of(const Library& library, const std::string& dialog) {
  std::vector<std::string> ways;
  for (const Way& way : all_ways(*library.find(dialog)))
    ways.push_back(way.taken.step + " " + way.taken.way + " " + std::to_string(way.at.line));
  return ways;
}

const char* const menu = R"(steps:
  look:
    when:
      - {fact: on_duty, is: yes, then: ask}
    then: ask
  ask:
    ask: q
    answers:
      - {number: 1, then: end}
      - {number: 2, then: look}
    otherwise: again
    unanswered: {after: 2h, then: later}
  later:
    begins: true
    ask: q
    answers: [{text: name, then: end}]
)";

TEST(Ways, every_answer_branch_and_miss_is_a_way_and_stands_at_its_line) {
  EXPECT_EQ(ways_of(library_of({{"menu", menu}}), "menu"),
            (std::vector<std::string>{"look when 1 5", "look then 3", "ask answer 1 10", "ask answer 2 11",
                                      "ask otherwise 12", "ask human 8", "ask unanswered 13", "later begins 14",
                                      "later answer 1 17"}));
}

TEST(Ways, a_question_that_a_person_reads_or_that_may_be_left_has_fewer) {
  const std::string ask = "steps:\n  ask: {ask: q, answers: [{number: 1, then: end}]";
  EXPECT_EQ(ways_of(library_of({{"menu", ask + ", unclear: human}\n"}}), "menu"),
            (std::vector<std::string>{"ask answer 1 3", "ask human 3"}));
  EXPECT_EQ(ways_of(library_of({{"menu", ask + ", tries: 1}\n"}}), "menu"),
            (std::vector<std::string>{"ask answer 1 3", "ask human 3"}));
  EXPECT_EQ(ways_of(library_of({{"menu", "optional: true\n" + ask + "}\n"}}), "menu"),
            (std::vector<std::string>{"ask answer 1 4"}));
}

TEST(Ways, turns_take_ways_of_the_list_and_all_of_them_can_be_taken) {
  const Library library = library_of({{"menu", menu}});
  std::set<Taken> taken;
  Person person{library};
  const auto note = [&] { taken.insert(person.last.taken.begin(), person.last.taken.end()); };
  const auto write = [&](const std::string& text) {
    person.write(text);
    note();
  };
  person.begin("menu");
  note();
  for (const char* text : {"2", "what", "1"}) write(text);
  person.begin("menu");
  for (const char* text : {"what", "what"}) write(text);
  person.begin("menu", {{}, {}, "later"});
  note();
  write("Anne");
  person.begin("menu");
  const MenuWords words;
  const auto given_up = time_out(person.conversation, {words, person.languages}, library, noon + std::chrono::hours(3));
  taken.insert(given_up.taken.begin(), given_up.taken.end());
  taken.insert({"menu", "look", "when 1"});  // nobody is on duty in this library
  std::set<Taken> all;
  for (const Way& way : all_ways(*library.find("menu"))) all.insert(way.taken);
  EXPECT_EQ(taken, all);
}

}  // namespace
}  // namespace passerelle::dialog
