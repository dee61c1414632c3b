// What is kept under which name, and what sentences need to be told.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Lines = std::vector<std::string>;
using Texts = std::vector<std::pair<std::string, std::string>>;

// A sentence is called by what it says: "say.people" says {people}.
Sentences sentences() {
  Sentences all{{"common.not_understood", "common.human", "a", "q"}, {{"a", {}}, {"q", {}}}, {}};
  for (const char* name : {"people", "name", "need", "phone", "when", "bring_papers", "needs", "service", "questions",
                           "service_name", "page_text"}) {
    const std::string key = "say." + std::string(name);
    all.keys.insert(key);
    all.arguments[key] = {name};
  }
  return all;
}

Lines names_of(const Texts& texts) {
  Lines lines;
  for (const Finding& each : lint(library_of(texts), sentences())) lines.push_back(to_string(each));
  return lines;
}

TEST(LintNames, what_an_answer_keeps_may_be_said_on_every_way_that_follows) {
  EXPECT_EQ(names_of({{"menu", R"(steps:
  ask:
    ask: q
    answers:
      - {count: people, from: 1, to: 9, then: fork}
      - {text: name, then: later}
    unanswered: {after: 2h, then: later}
  fork:
    when: [{fact: on_duty, is: yes, then: later}]
    then: later
  later: {say: [say.people, say.name, say.phone, say.when, say.bring_papers]}
)"}}),
            Lines{});
}

TEST(LintNames, a_sentence_that_says_what_nothing_gives_is_found_where_it_is_said) {
  EXPECT_EQ(
      names_of({{"menu", R"(title: say.people
steps:
  before: {say: say.people, then: ask}
  ask:
    ask: say.name
    answers:
      - {number: 1, then: end}
      - {count: peopl, from: 1, to: 9, then: later}
    otherwise: say.people
  later: {say: say.people}
)"}}),
      (Lines{"dialogs/menu.yaml:2:8: the sentence 'say.people' says {people}, which nothing gives; keep an answer "
             "as 'people' on the way here",
             "dialogs/menu.yaml:4:17: the sentence 'say.people' says {people}, which nothing gives; keep an answer "
             "as 'people' on the way here",
             "dialogs/menu.yaml:6:10: the sentence 'say.name' says {name}, which nothing gives; keep an answer as "
             "'name' on the way here",
             "dialogs/menu.yaml:10:16: the sentence 'say.people' says {people}, which nothing gives; keep an "
             "answer as 'people' on the way here",
             "dialogs/menu.yaml:11:16: the sentence 'say.people' says {people}, which nothing gives; did you mean "
             "'peopl'?"}));
}

TEST(LintNames, a_dialog_that_is_called_knows_what_was_kept_and_tells_what_it_kept) {
  const std::string menu = R"(steps:
  ask: {ask: q, answers: [{text: name, then: go}]}
  go: {call: other, then: later}
  later: {say: [say.name, say.people]}
)";
  const std::string other = R"(steps:
  ask: {say: say.name, ask: q, answers: [{number: 1, then: dialog third}]}
)";
  const std::string third = "steps:\n  ask: {ask: q, answers: [{count: people, from: 1, to: 9, then: end}]}\n";
  EXPECT_EQ(names_of({{"menu", menu}, {"other", other}, {"third", third}}), Lines{});
  EXPECT_EQ(
      names_of({{"menu", menu}, {"other", other}, {"third", "steps:\n  go: {say: say.name}\n"}}),
      (Lines{"dialogs/menu.yaml:5:27: the sentence 'say.people' says {people}, which nothing gives; keep an answer "
             "as 'people' on the way here",
             "dialogs/third.yaml:3:13: the sentence 'say.name' says {name}, which nothing gives; keep an answer as "
             "'name' on the way here"}));
}

TEST(LintNames, a_question_shows_the_list_that_its_answer_chooses_from) {
  const auto asks = [](const std::string& key, const std::string& answer) {
    return names_of({{"menu", "steps:\n  ask: {ask: " + key + ", answers: [{" + answer + ", then: end}]}\n"}});
  };
  EXPECT_EQ(asks("say.needs", "one_of: needs, keep: need"), Lines{});
  EXPECT_EQ(asks("q", "one_of: needs, keep: need"),
            (Lines{"dialogs/menu.yaml:3:14: the question 'q' does not show its list; write {needs} where its lines "
                   "belong, in locales/"}));
  EXPECT_EQ(
      asks("say.needs", "number: 1"),
      (Lines{"dialogs/menu.yaml:3:14: the sentence 'say.needs' says {needs}, which nothing gives; only a question "
             "shows a list: add an answer 'one_of: needs' to it"}));
  EXPECT_EQ(
      names_of({{"menu", "steps:\n  tell: {say: say.needs}\n"}}),
      (Lines{"dialogs/menu.yaml:3:15: the sentence 'say.needs' says {needs}, which nothing gives; only a question "
             "shows a list: add an answer 'one_of: needs' to it"}));
}

TEST(LintNames, what_is_picked_is_known_from_that_step_on) {
  const std::string pick =
      "  go: {do: [{pick: service}, {say: say.service}], then: rest}\n  rest: {say: say.service}\n";
  EXPECT_EQ(names_of({{"menu", "steps:\n" + pick}}), Lines{});
  EXPECT_EQ(names_of({{"menu", "steps:\n  first_of_all: {say: say.service, then: go}\n" + pick}}).size(), 1u);
}

TEST(LintNames, what_the_server_tells_of_a_choice_needs_the_choice) {
  const std::string says = "  tell: {say: [say.service_name, say.page_text]}\n";
  EXPECT_EQ(
      names_of({{"menu", "steps:\n" + says}}),
      (Lines{"dialogs/menu.yaml:3:16: the sentence 'say.service_name' says {service_name}, which nothing gives; add "
             "'pick: service' on the way here",
             "dialogs/menu.yaml:3:34: the sentence 'say.page_text' says {page_text}, which nothing gives; keep an "
             "answer as 'page' on the way here"}));
  EXPECT_EQ(names_of({{"menu",
                       "steps:\n  ask: {ask: q, answers: [{text: page, then: go}]}\n"
                       "  go: {do: [{pick: service}], then: tell}\n" +
                           says}}),
            Lines{});
}

TEST(LintNames, a_name_for_a_number_is_a_name_for_nothing_else) {
  const auto keeps = [](const std::string& answer) {
    return "steps:\n  ask: {ask: q, answers: [{" + answer + ", then: end}]}\n";
  };
  EXPECT_EQ(names_of({{"menu", keeps("count: people, from: 1, to: 9")}, {"other", keeps("text: people")}}),
            (Lines{"dialogs/other.yaml:3:27: another answer keeps a number as 'people'; keep this one under another "
                   "name"}));
  EXPECT_EQ(names_of({{"menu", keeps("text: people")}, {"other", keeps("text: people")}}), Lines{});
}

TEST(LintNames, a_name_that_sentences_know_already_is_refused) {
  EXPECT_EQ(
      names_of({{"menu", R"(steps:
  ask:
    ask: q
    answers:
      - {phone: phone, then: end}
      - {number: 1, keep: bring_papers, value: later, then: end}
      - {text: needs, then: end}
)"}}),
      (Lines{"dialogs/menu.yaml:6:9: sentences say something else as {phone} already; keep the answer under "
             "another name",
             "dialogs/menu.yaml:7:9: sentences say something else as {bring_papers} already; keep the answer under "
             "another name",
             "dialogs/menu.yaml:8:9: sentences say something else as {needs} already; keep the answer under "
             "another name"}));
}

TEST(LintNames, a_text_is_given_to_a_question_that_was_chosen) {
  const auto gives =
      [](const std::string& name) {
        return names_of({{"menu", R"(steps:
  ask: {ask: say.questions, answers: [{one_of: questions, keep: which, then: give}]}
  give: {do: [{answer_for: )" + name + "}]}\n"}});
      };
  EXPECT_EQ(gives("which"), Lines{});
  EXPECT_EQ(gives("wich"), (Lines{"dialogs/menu.yaml:4:28: no answer keeps the choice of a question as 'wich'; did you "
                                  "mean 'which'?"}));
}

}  // namespace
}  // namespace passerelle::dialog
