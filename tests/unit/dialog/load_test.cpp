// What a good file becomes, and what a bad one is told: every mistake at its place, with a remedy.
#include "dialog/load.hpp"

#include <gtest/gtest.h>

#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {
namespace {

Loaded load_menu(const std::string& text) { return load("dialogs/menu.yaml", text, "abc"); }

const std::string whole = R"(dialog: menu
about: Everything the grammar has.
title: menu.title
languages: [fr, fa-AF]
expires: 7d
aside: true
steps:
  hello:
    do:
      - say: menu.hello
      - say: [menu.one, menu.two]
      - task: call_back
      - case: intake
      - consent: reminders_only
      - latin_only: true
      - pick: service
      - answer_for: which
    say: menu.first
    call: other
    when:
      - {fact: open_now, is: yes, then: choose}
      - {fact: on_duty, is: no, then: human}
      - {fact: free_places, at_least: 3, then: dialog other}
      - {fact: areas, at_most: 1, then: end}
      - {fact: pages, is: 0, then: first}
    then: choose
  choose:
    ask: menu.choose
    answers:
      - number: 1
        words: menu.choose.words
        then: hello
      - number: "12"
        keep: who
        value: women
        then: "dialog other"
      - yes: true
        words: menu.gladly
        then: human
      - no: true
        then: first
      - language: true
        then: end
      - {one_of: needs, keep: need, then: end}
      - {count: people, from: 1, to: 12, then: end}
      - {date: arrived, range: past, then: end}
      - {date: day, then: end}
      - {phone: number, then: end}
      - {media: photo, then: end}
      - text: name
        then: choose
    otherwise: menu.again
    tries: 5
    unanswered: {after: 2h, then: human}
)";

TEST(Load, a_dialog_with_everything_becomes_its_graph) {
  const Loaded loaded = load_menu(whole);
  ASSERT_TRUE(loaded.dialog) << to_string(loaded.findings.at(0));
  const Dialog& dialog = *loaded.dialog;
  EXPECT_EQ(dialog.ref, (DialogRef{"menu", "abc"}));
  EXPECT_EQ(dialog.about, "Everything the grammar has.");
  EXPECT_EQ(dialog.title, "menu.title");
  EXPECT_EQ(to_string(dialog.title_at), "dialogs/menu.yaml:3:8");
  EXPECT_EQ(dialog.languages, (std::vector<Locale>{"fr", "fa-AF"}));
  EXPECT_EQ(dialog.expires, std::chrono::hours(7 * 24));
  EXPECT_FALSE(dialog.remembers);
  ASSERT_EQ(dialog.steps.size(), 2u);
  const Step& hello = dialog.steps[0];
  ASSERT_EQ(hello.actions.size(), 10u);
  EXPECT_EQ(std::get<Say>(hello.actions[0]).key, "menu.first");
  EXPECT_EQ(std::get<Say>(hello.actions[1]).key, "menu.hello");
  EXPECT_EQ(std::get<Say>(hello.actions[3]).key, "menu.two");
  EXPECT_EQ(std::get<OpenTask>(hello.actions[4]).kind, "call_back");
  EXPECT_EQ(std::get<OpenCase>(hello.actions[5]).kind, "intake");
  EXPECT_EQ(std::get<SetConsent>(hello.actions[6]).consent, Consent::reminders_only);
  EXPECT_TRUE(std::holds_alternative<MarkLatinOnly>(hello.actions[7]));
  EXPECT_EQ(std::get<Pick>(hello.actions[8]).what, "service");
  EXPECT_EQ(std::get<AnswerFor>(hello.actions[9]).name, "which");
  EXPECT_EQ(std::get<ToStep>(hello.exit).step, "choose");
}

TEST(Load, a_step_that_does_not_ask_calls_a_dialog_and_branches_on_facts) {
  const Loaded loaded = load_menu(whole);
  ASSERT_TRUE(loaded.dialog);
  const Step& hello = *loaded.dialog->find("hello");
  EXPECT_EQ(hello.call, "other");
  EXPECT_EQ(to_string(hello.call_at), "dialogs/menu.yaml:19:11");
  using Compare = Branch::Compare;
  ASSERT_EQ(hello.branches.size(), 5u);
  const auto expect = [&](std::size_t i, const char* fact, Compare compare, std::int64_t value) {
    EXPECT_EQ(hello.branches[i].fact, fact);
    EXPECT_EQ(hello.branches[i].compare, compare) << fact;
    EXPECT_EQ(hello.branches[i].value, value) << fact;
  };
  expect(0, "open_now", Compare::is, 1);
  expect(1, "on_duty", Compare::is, 0);
  expect(2, "free_places", Compare::at_least, 3);
  expect(3, "areas", Compare::at_most, 1);
  expect(4, "pages", Compare::is, 0);
  EXPECT_EQ(std::get<ToStep>(hello.branches[0].exit).step, "choose");
  EXPECT_EQ(std::get<ToDialog>(hello.branches[2].exit).dialog, "other");
  EXPECT_EQ(to_string(hello.branches[4].at), "dialogs/menu.yaml:25:9");
}

TEST(Load, the_answers_of_a_question_keep_their_order) {
  const Loaded loaded = load_menu(whole);
  ASSERT_TRUE(loaded.dialog);
  const Step& choose = *loaded.dialog->find("choose");
  EXPECT_EQ(choose.ask, "menu.choose");
  EXPECT_EQ(choose.otherwise, "menu.again");
  EXPECT_EQ(choose.tries, 5);
  ASSERT_EQ(choose.categories.size(), 12u);
  EXPECT_EQ(std::get<OnNumber>(choose.categories[0].test).words, "menu.choose.words");
  EXPECT_EQ(std::get<OnNumber>(choose.categories[1].test).number, 12);
  EXPECT_EQ(std::get<ToDialog>(choose.categories[1].exit).dialog, "other");
  EXPECT_TRUE(std::holds_alternative<OnYes>(choose.categories[2].test));
  EXPECT_TRUE(std::holds_alternative<ToHuman>(choose.categories[2].exit));
  EXPECT_TRUE(std::holds_alternative<OnNo>(choose.categories[3].test));
  EXPECT_TRUE(std::holds_alternative<ToFirst>(choose.categories[3].exit));
  EXPECT_TRUE(std::holds_alternative<OnLanguage>(choose.categories[4].test));
  EXPECT_TRUE(std::holds_alternative<ToEnd>(choose.categories[4].exit));
  EXPECT_EQ(std::get<OnText>(choose.categories[11].test).keep, "name");
  EXPECT_EQ(to_string(choose.categories[11].at), "dialogs/menu.yaml:50:9");
}

TEST(Load, an_answer_knows_what_it_keeps_and_within_which_bounds) {
  const Loaded loaded = load_menu(whole);
  ASSERT_TRUE(loaded.dialog);
  const Step& choose = *loaded.dialog->find("choose");
  EXPECT_EQ(std::get<OnNumber>(choose.categories[1].test).keep, "who");
  EXPECT_EQ(std::get<OnNumber>(choose.categories[1].test).value, "women");
  EXPECT_EQ(std::get<OnYes>(choose.categories[2].test).words, "menu.gladly");
  EXPECT_EQ(to_string(std::get<OnYes>(choose.categories[2].test).words_at), "dialogs/menu.yaml:38:16");
  EXPECT_EQ(std::get<OnOneOf>(choose.categories[5].test).list, "needs");
  EXPECT_EQ(std::get<OnOneOf>(choose.categories[5].test).keep, "need");
  const auto& count = std::get<OnCount>(choose.categories[6].test);
  EXPECT_EQ(count.keep, "people");
  EXPECT_EQ(count.from, 1);
  EXPECT_EQ(count.to, 12);
  EXPECT_EQ(std::get<OnDate>(choose.categories[7].test).range, OnDate::Range::past);
  EXPECT_EQ(std::get<OnDate>(choose.categories[8].test).range, OnDate::Range::any);
  EXPECT_EQ(std::get<OnPhone>(choose.categories[9].test).keep, "number");
  EXPECT_EQ(std::get<OnMedia>(choose.categories[10].test).keep, "photo");
  ASSERT_TRUE(choose.unanswered);
  EXPECT_EQ(choose.unanswered->after, std::chrono::hours(2));
  EXPECT_TRUE(std::holds_alternative<ToHuman>(choose.unanswered->exit));
}

TEST(Load, what_is_not_written_has_its_default) {
  const Loaded loaded = load_menu("dialog: menu\nsteps:\n  hello:\n    say: menu.hello\n");
  ASSERT_TRUE(loaded.dialog);
  EXPECT_EQ(loaded.dialog->expires, std::chrono::hours(24));
  EXPECT_TRUE(loaded.dialog->remembers);
  EXPECT_FALSE(loaded.dialog->standing);
  EXPECT_EQ(loaded.dialog->steps[0].tries, 2);
  EXPECT_FALSE(loaded.dialog->steps[0].human_reads);
  EXPECT_TRUE(std::holds_alternative<ToEnd>(loaded.dialog->steps[0].exit));
}

TEST(Load, a_standing_dialog_answers_invitations_and_is_an_aside) {
  const Loaded loaded = load_menu(R"(dialog: menu
standing: true
steps:
  hello:
    ask: menu.hello
    answers: [{number: 1, then: coming}]
    unclear: human
  coming:
    do: [{invitation: coming}, {invitation: declined}, {invitation: call_me}]
)");
  ASSERT_TRUE(loaded.dialog) << to_string(loaded.findings.at(0));
  EXPECT_TRUE(loaded.dialog->standing);
  EXPECT_FALSE(loaded.dialog->remembers);
  EXPECT_TRUE(loaded.dialog->steps[0].human_reads);
  const std::vector<Action>& actions = loaded.dialog->steps[1].actions;
  ASSERT_EQ(actions.size(), 3u);
  EXPECT_EQ(std::get<Respond>(actions[0]).response, Response::coming);
  EXPECT_EQ(std::get<Respond>(actions[1]).response, Response::declined);
  EXPECT_EQ(std::get<Respond>(actions[2]).response, Response::call_me);
}

TEST(Load, windows_line_ends_and_a_byte_order_mark_change_nothing) {
  const Loaded loaded = load_menu(
      "\xEF\xBB\xBF"
      "dialog: menu\r\nsteps:\r\n  hello:\r\n    say: menu.hello\r\n");
  ASSERT_TRUE(loaded.dialog) << to_string(loaded.findings.at(0));
  EXPECT_EQ(std::get<Say>(loaded.dialog->steps[0].actions[0]).key, "menu.hello");
}

TEST(Load, all_mistakes_of_a_file_are_told_at_once_in_the_order_of_the_file) {
  const Loaded loaded = load_menu(
      "dialog: menus\nstep: 1\nsteps:\n  hello:\n    sya: menu.hello\n    then: helo\n  end:\n    say: menu.bye\n");
  EXPECT_FALSE(loaded.dialog);
  std::vector<int> lines;
  for (const Finding& finding : loaded.findings) lines.push_back(finding.at.line);
  EXPECT_EQ(lines, (std::vector<int>{1, 2, 5, 6, 7}));
}

TEST(Load, columns_count_letters_and_not_bytes) {
  const Loaded loaded =
      load_menu("dialog: menu\nabout: \"é ሰላም\"\nsteps: {hello: {say: menu.hello, ሰላም: \"é\", thne: x}}\n");
  ASSERT_EQ(loaded.findings.size(), 2u);
  EXPECT_EQ(to_string(loaded.findings[0].at), "dialogs/menu.yaml:3:34");
  EXPECT_EQ(to_string(loaded.findings[1].at), "dialogs/menu.yaml:3:44");
}

TEST(Load, a_file_with_hundreds_of_mistakes_tells_a_hundred_and_counts_the_rest) {
  std::string text = "dialog: menu\nsteps:\n  hello:\n    do:\n";
  for (int i = 0; i < 250; ++i) text += "      - shout: menu.hello\n";
  const Loaded loaded = load_menu(text);
  ASSERT_EQ(loaded.findings.size(), 101u);
  EXPECT_EQ(loaded.findings.back().what, "150 more mistakes are not shown");
}

TEST(Load, a_file_that_is_too_large_is_refused_before_it_is_read) {
  const Loaded loaded = load_menu("dialog: menu\n" + std::string(largest_file, '#'));
  ASSERT_EQ(loaded.findings.size(), 1u);
  EXPECT_EQ(to_string(loaded.findings[0]),
            "dialogs/menu.yaml: the file is larger than 256 KB; split it into several dialogs ('then: dialog NAME')");
}

TEST(Load, five_hundred_steps_are_taken_and_one_more_is_refused_where_it_stands) {
  std::string text = "dialog: menu\nsteps:\n";
  for (int i = 0; i < 500; ++i) text += "  s" + std::to_string(i) + ": {say: menu.hello}\n";
  EXPECT_TRUE(load_menu(text).dialog);
  const Loaded loaded = load_menu(text + "  one_more: {say: menu.hello}\n");
  ASSERT_EQ(loaded.findings.size(), 1u);
  EXPECT_EQ(to_string(loaded.findings[0].at), "dialogs/menu.yaml:503:3");
  EXPECT_EQ(loaded.findings[0].what, "a dialog has at most 500 steps");
}

TEST(Load, a_thousand_open_brackets_are_refused_and_do_not_exhaust_the_stack) {
  for (const std::string piece : {"[", "{a: ", "- ", "? "}) {
    std::string text = "dialog: menu\nsteps:\n  ";
    for (int i = 0; i < 20'000; ++i) text += piece;
    const Loaded loaded = load_menu(text);
    EXPECT_FALSE(loaded.dialog);
    EXPECT_FALSE(loaded.findings.empty()) << piece;
  }
}

}  // namespace
}  // namespace passerelle::dialog
