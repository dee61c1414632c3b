// Circles that go through branches and calls, and calls that come back to themselves.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

using Lines = std::vector<std::string>;

Lines circles_of(const std::vector<std::pair<std::string, std::string>>& texts) {
  Lines lines;
  for (const Finding& each : lint(library_of(texts), {{"common.not_understood", "common.human", "a", "q"}, {}, {}})) {
    lines.push_back(to_string(each));
  }
  return lines;
}

const std::string asks = "steps:\n  ask: {ask: q, answers: [{number: 1, then: end}]}\n";
const std::string tells = "steps:\n  tell: {say: a}\n";
const std::string without_a_question = ": these steps go round in a circle without a question: ";
const std::string let_one_ask = "; let one of them ask, or let it lead elsewhere";

TEST(LintCircles, a_circle_through_a_branch_is_found_although_the_step_has_another_way_out) {
  EXPECT_EQ(
      circles_of({{"menu", R"(steps:
  hello:
    say: a
    when:
      - {fact: on_duty, is: no, then: again}
    then: end
  again: {say: a, then: hello}
)"}}),
      (Lines{"dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → menu/again → menu/hello" + let_one_ask}));
}

TEST(LintCircles, two_circles_through_one_step_are_both_told) {
  EXPECT_EQ(circles_of({{"menu", R"(steps:
  hello:
    when:
      - {fact: on_duty, is: no, then: one}
      - {fact: on_duty, is: yes, then: two}
    then: end
  one: {say: a, then: hello}
  two: {say: a, then: hello}
)"}}),
            (Lines{"dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → menu/one → menu/hello" + let_one_ask,
                   "dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → menu/two → menu/hello" + let_one_ask}));
}

TEST(LintCircles, a_call_that_asks_nothing_does_not_break_a_circle) {
  const std::string menu = "steps:\n  hello: {call: other, then: hello}\n";
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", tells}}),
            (Lines{"dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → menu/hello" + let_one_ask}));
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", asks}}), Lines{});
}

TEST(LintCircles, whether_a_call_asks_is_seen_through_further_calls_and_dialogs) {
  const std::string menu = "steps:\n  hello: {call: one, then: hello}\n";
  const std::string calls = "steps:\n  go: {call: two, then: end}\n";
  const std::string leads = "steps:\n  go: {say: a, then: dialog two}\n";
  const Lines circle{"dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → menu/hello" + let_one_ask};
  EXPECT_EQ(circles_of({{"menu", menu}, {"one", calls}, {"two", tells}}), circle);
  EXPECT_EQ(circles_of({{"menu", menu}, {"one", leads}, {"two", tells}}), circle);
  EXPECT_EQ(circles_of({{"menu", menu}, {"one", calls}, {"two", asks}}), Lines{});
  EXPECT_EQ(circles_of({{"menu", menu}, {"one", leads}, {"two", asks}}), Lines{});
}

TEST(LintCircles, whoever_leads_to_the_first_dialog_or_a_person_never_comes_back_to_the_call) {
  const std::string menu = "steps:\n  hello: {call: one, then: hello}\n";
  const std::string never =
      "dialogs/menu.yaml:3:17: 'one' never ends: nothing that follows this call can happen; let one "
      "of its ways lead to 'end', or write 'then: dialog one' here";
  EXPECT_EQ(circles_of({{"menu", menu}, {"one", "steps:\n  go: {say: a, then: human}\n"}}), Lines{never});
  EXPECT_EQ(
      circles_of({{"menu", menu}, {"one", "steps:\n  go: {say: a, then: first}\n"}}),
      (Lines{"dialogs/menu.yaml:3:3" + without_a_question + "menu/hello → one/go → menu/hello" + let_one_ask, never}));
}

Lines when_nobody_answers(const std::string& then) {
  return circles_of({{"menu", R"(steps:
  ask:
    ask: q
    answers: [{yes: true, then: end}, {no: true, then: last}]
    unanswered: {after: 2h, then: )" +
                                  then + R"(}
  last: {ask: q, answers: [{yes: true, then: tell}]}
  tell: {say: a, then: ask}
)"}});
}

TEST(LintCircles, nobody_is_asked_again_and_again_because_they_do_not_answer) {
  EXPECT_EQ(when_nobody_answers("last"), Lines{}) << "asked once more, and then it waits";
  EXPECT_EQ(when_nobody_answers("human"), Lines{});
  const std::string asked = "dialogs/menu.yaml:6:25: whoever does not answer is asked again and again: ";
  const std::string remedy = "; let 'unanswered' lead to a step that does not come back here";
  EXPECT_EQ(when_nobody_answers("ask"), Lines{asked + "menu/ask → menu/ask" + remedy});
  EXPECT_EQ(when_nobody_answers("tell"), Lines{asked + "menu/ask → menu/tell → menu/ask" + remedy});
}

TEST(LintCircles, a_call_that_gives_up_waiting_comes_back_to_its_caller) {
  const std::string menu = "steps:\n  go: {call: other, then: go}\n";
  const auto other = [](const std::string& then) {
    return "steps:\n  ask: {ask: q, answers: [{yes: true, then: end}], unanswered: {after: 2h, then: " + then + "}}\n";
  };
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", other("end")}}),
            Lines{"dialogs/menu.yaml:3:14: whoever does not answer is asked again and again: menu/go → menu/go; let "
                  "'unanswered' lead to a step that does not come back here"});
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", other("human")}}), Lines{});
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", asks}}), Lines{});
}

TEST(LintCalls, a_dialog_that_calls_itself_is_found_at_the_call) {
  EXPECT_EQ(
      circles_of({{"menu", R"(steps:
  ask: {ask: q, answers: [{number: 1, then: more}]}
  more: {call: menu, then: end}
)"}}),
      (Lines{"dialogs/menu.yaml:4:16: these dialogs call each other without end: menu → menu; let one of them lead "
             "on with 'then' instead of 'call'"}));
}

TEST(LintCalls, a_circle_of_calls_is_told_once_even_when_a_then_closes_it) {
  const auto way_on = [](const std::string& on) {
    return "steps:\n  ask: {ask: q, answers: [{number: 1, then: go}, {number: 2, then: end}]}\n  go: {" + on + "}\n";
  };
  const std::string remedy = "; let one of them lead on with 'then' instead of 'call'";
  EXPECT_EQ(circles_of({{"menu", way_on("call: two")}, {"two", way_on("call: menu")}}),
            (Lines{"dialogs/menu.yaml:4:14: these dialogs call each other without end: menu → two → menu" + remedy}));
  EXPECT_EQ(circles_of({{"menu", way_on("call: two")}, {"two", way_on("say: a, then: dialog menu")}}),
            (Lines{"dialogs/menu.yaml:4:14: these dialogs call each other without end: menu → two → menu" + remedy}));
  EXPECT_EQ(circles_of({{"menu", way_on("call: two")}, {"two", way_on("say: a, then: first")}}), Lines{});
  EXPECT_EQ(circles_of({{"menu", way_on("say: a, then: dialog two")}, {"two", way_on("say: a, then: dialog menu")}}),
            Lines{});
}

TEST(LintCalls, eight_dialogs_deep_is_deep_enough) {
  const auto chain = [](int last) {
    std::vector<std::pair<std::string, std::string>> texts{{"menu", "steps:\n  go: {call: d1, then: end}\n"}};
    for (int i = 1; i < last; ++i)
      texts.push_back({"d" + std::to_string(i), "steps:\n  go: {call: d" + std::to_string(i + 1) + ", then: end}\n"});
    texts.push_back({"d" + std::to_string(last), tells});
    return texts;
  };
  EXPECT_EQ(circles_of(chain(7)), Lines{});
  EXPECT_EQ(circles_of(chain(8)),
            (Lines{"dialogs/menu.yaml:3:14: calls go more than 8 dialogs deep from here; let some "
                   "of them lead on with 'then' instead of 'call'"}));
}

TEST(LintCalls, what_follows_a_call_must_be_able_to_happen) {
  const std::string menu = "steps:\n  go: {call: other, then: rest}\n  rest: {say: a}\n";
  const auto leads = [](const std::string& then) {
    return "steps:\n  ask: {ask: q, answers: [{number: 1, then: " + then + "}, {number: 2, then: human}]}\n";
  };
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", leads("end")}}), Lines{});
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", leads("dialog third")}, {"third", tells}}), Lines{});
  const Lines never{
      "dialogs/menu.yaml:3:14: 'other' never ends: nothing that follows this call can happen; let one of "
      "its ways lead to 'end', or write 'then: dialog other' here"};
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", leads("first")}}), never);
  EXPECT_EQ(circles_of({{"menu", menu}, {"other", leads("dialog third")}, {"third", leads("human")}}), never);
}

TEST(LintCalls, only_the_server_begins_a_dialog_that_stands_for_days) {
  const std::string standing = "standing: true\nsteps:\n  tell: {say: a}\n";
  EXPECT_EQ(
      circles_of({{"menu", "steps:\n  go: {call: other, then: on_to}\n  on_to: {say: a, then: dialog other}\n"},
                  {"other", standing}}),
      (Lines{"dialogs/menu.yaml:3:14: only the server begins 'other', which is 'standing'; lead to another dialog, "
             "or take 'standing: true' away there",
             "dialogs/menu.yaml:4:25: only the server begins 'other', which is 'standing'; lead to another dialog, "
             "or take 'standing: true' away there"}));
}

TEST(LintCalls, a_call_to_a_dialog_that_does_not_exist_names_the_nearest) {
  EXPECT_EQ(circles_of({{"menu", "steps:\n  go: {call: othre, then: end}\n"}, {"other", tells}}),
            (Lines{"dialogs/menu.yaml:3:14: there is no dialog 'othre'; did you mean 'other'?"}));
}

}  // namespace
}  // namespace passerelle::dialog
