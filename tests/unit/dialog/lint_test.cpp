// What can only be seen when all dialogs and all keys are there.
#include <gtest/gtest.h>

#include "sample.hpp"

namespace passerelle::dialog {
namespace {

const std::set<std::string> all_keys{"common.not_understood", "common.human", "menu.hello", "menu.q", "menu.words"};

std::vector<std::string> lines_of(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& each : findings) lines.push_back(to_string(each));
  return lines;
}

std::vector<std::string> lint_lines(const Library& library, const std::set<std::string>& keys = all_keys) {
  return lines_of(lint(library, {keys, {}, {}}));
}

using Lines = std::vector<std::string>;

TEST(Lint, a_sound_library_has_no_findings) {
  const Library library = library_of({{"menu", R"(steps:
  hello:
    say: menu.hello
    then: choose
  choose:
    ask: menu.q
    answers:
      - number: 1
        words: menu.words
        then: hello
      - number: 2
        then: dialog other
)"},
                                      {"other", "steps:\n  back: {then: first}\n"}});
  EXPECT_EQ(lint_lines(library), Lines{});
}

TEST(Lint, an_exit_to_a_dialog_that_does_not_exist_names_the_nearest) {
  const Library library = library_of({{"menu", R"(steps:
  choose:
    ask: menu.q
    answers:
      - {number: 1, then: dialog informations}
      - {number: 2, then: dialog qqqqqqqqqqqq}
)"},
                                      {"information", "steps:\n  hello: {say: menu.hello}\n"}});
  EXPECT_EQ(lint_lines(library),
            (Lines{"dialogs/menu.yaml:6:27: there is no dialog 'informations'; did you mean 'information'?",
                   "dialogs/menu.yaml:7:27: there is no dialog 'qqqqqqqqqqqq'; write dialogs/qqqqqqqqqqqq.yaml"}));
}

TEST(Lint, every_key_that_no_locale_has_is_found_where_it_is_written) {
  const Library library = library_of({{"menu", R"(steps:
  hello:
    say: menu.helo
    do:
      - say: [menu.hello, a.b.c.d.e.f]
    ask: menu.quest
    answers:
      - number: 1
        words: menu.wods
        then: end
    otherwise: menu.hallo
)"}});
  EXPECT_EQ(lint_lines(library),
            (Lines{"dialogs/menu.yaml:4:10: there is no sentence 'menu.helo'; did you mean 'menu.hello'?",
                   "dialogs/menu.yaml:6:27: there is no sentence 'a.b.c.d.e.f'; add it to every file of locales/",
                   "dialogs/menu.yaml:7:10: there is no sentence 'menu.quest'; add it to every file of locales/",
                   "dialogs/menu.yaml:10:16: there is no list of words 'menu.wods'; did you mean 'menu.words'?",
                   "dialogs/menu.yaml:12:16: there is no sentence 'menu.hallo'; did you mean 'menu.hello'?"}));
}

TEST(Lint, the_keys_that_the_engine_says_by_itself_are_needed_too) {
  const Library library = library_of({{"menu", "steps:\n  hello: {say: menu.hello}\n"}});
  EXPECT_EQ(
      lint_lines(library, {"menu.hello"}),
      (Lines{"dialogs/menu.yaml: there is no sentence 'common.human'; add it to every file of locales/",
             "dialogs/menu.yaml: there is no sentence 'common.not_understood'; add it to every file of locales/"}));
}

TEST(Lint, a_step_that_nothing_leads_to_is_found) {
  const Library library = library_of({{"menu", R"(steps:
  hello: {say: menu.hello}
  lost: {say: menu.hello, then: lost_too}
  lost_too: {say: menu.hello}
)"}});
  EXPECT_EQ(lint_lines(library),
            (Lines{"dialogs/menu.yaml:4:3: no 'then' leads to step 'lost'; let one lead there, or delete it",
                   "dialogs/menu.yaml:5:3: no 'then' leads to step 'lost_too'; let one lead there, or delete it"}));
}

TEST(Lint, a_step_where_the_server_begins_needs_no_other_that_leads_there) {
  const Library library = library_of({{"menu", R"(steps:
  hello: {say: menu.hello}
  later: {begins: true, say: menu.hello, then: rest}
  rest: {say: menu.hello}
)"}});
  EXPECT_EQ(lint_lines(library), Lines{});
}

TEST(Lint, a_circle_within_a_dialog_is_told_once) {
  const Library library = library_of({{"menu", R"(steps:
  zero: {then: one}
  one: {say: menu.hello, then: two}
  two: {then: one}
)"}});
  EXPECT_EQ(lint_lines(library),
            (Lines{"dialogs/menu.yaml:4:3: these steps go round in a circle without a question: menu/one → menu/two → "
                   "menu/one; let one of them ask, or let it lead elsewhere"}));
}

TEST(Lint, a_circle_through_two_dialogs_and_first_is_found) {
  const Library library = library_of({{"menu", "steps:\n  hello: {then: dialog other}\n"},
                                      {"other", "steps:\n  back: {say: menu.hello, then: first}\n"}});
  EXPECT_EQ(lint_lines(library),
            (Lines{"dialogs/menu.yaml:3:3: these steps go round in a circle without a question: menu/hello → "
                   "other/back → menu/hello; let one of them ask, or let it lead elsewhere"}));
}

TEST(Lint, steps_are_reached_by_branches_and_by_waiting_in_vain) {
  const Library library = library_of({{"menu", R"(steps:
  hello:
    when:
      - {fact: open_now, is: yes, then: open}
    then: choose
  open: {say: menu.hello}
  choose:
    ask: menu.q
    answers: [{number: 1, then: end}]
    unanswered: {after: 2h, then: late}
  late: {say: menu.hello}
)"}});
  EXPECT_EQ(lint_lines(library), Lines{});
}

TEST(Lint, a_circle_that_asks_is_no_mistake) {
  const Library library = library_of({{"menu", R"(steps:
  hello: {say: menu.hello, then: choose}
  choose:
    ask: menu.q
    answers: [{number: 1, then: hello}, {number: 2, then: choose}, {number: 3, then: first}]
)"}});
  EXPECT_EQ(lint_lines(library), Lines{});
}

TEST(Lint, an_invitation_is_answered_only_where_one_is_known) {
  const std::string steps = "steps:\n  comes:\n    do: [{invitation: coming}]\n";
  EXPECT_EQ(lint_lines(library_of({{"menu", steps}})),
            (Lines{"dialogs/menu.yaml:4:11: only a standing dialog knows an invitation; add 'standing: true' at the "
                   "top"}));
  EXPECT_EQ(lint_lines(library_of({{"menu", "standing: true\n" + steps}})), Lines{});
}

TEST(Lint, a_standing_question_takes_nothing_that_anybody_might_write_for_another_reason) {
  const Library library = library_of({{"menu", R"(standing: true
title: menu.hello
steps:
  ask:
    ask: menu.q
    answers:
      - {number: 1, then: other}
      - {one_of: places, keep: place, then: end}
      - {count: people, from: 1, to: 9, then: end}
      - {date: day, then: end}
      - {phone: their_phone, then: end}
      - {media: photo, then: end}
      - {text: name, then: end}
  other: {call: deep, then: end}
)"},
                                      {"deep", "steps:\n  hello: {say: menu.hello}\n"}});
  const std::string remedy = "; delete this answer, and let 'unclear: human' bring the text to a person";
  EXPECT_EQ(
      lint_lines(library),
      (Lines{"dialogs/menu.yaml:10:9: a question that stands for days cannot take any number" + remedy,
             "dialogs/menu.yaml:11:9: a question that stands for days cannot take any date" + remedy,
             "dialogs/menu.yaml:12:9: a question that stands for days cannot take any phone number" + remedy,
             "dialogs/menu.yaml:13:9: a question that stands for days cannot take any photo or voice message" + remedy,
             "dialogs/menu.yaml:14:9: a question that stands for days cannot take any text" + remedy,
             "dialogs/menu.yaml:15:17: a dialog that stands for days cannot call another one; ask here, or lead "
             "there with 'then: dialog NAME'"}));
}

TEST(Lint, a_question_about_an_invitation_has_a_title_that_tells_it_from_others) {
  const auto standing = [](const std::string& title, const std::string& action) {
    return Library(library_of({{"menu", title +
                                            "standing: true\nsteps:\n  ask: {ask: menu.q, answers: [{number: 1, "
                                            "then: done}]}\n  done: {do: [{" +
                                            action + "}]}\n"}}));
  };
  EXPECT_EQ(lint_lines(standing("", "invitation: coming")),
            (Lines{"dialogs/menu.yaml:1:1: a standing dialog needs a 'title', by which people know its question from "
                   "others; add 'title: KEY' at the top"}));
  EXPECT_EQ(lint_lines(standing("", "task: call_back")), Lines{});
  EXPECT_EQ(lint_lines(standing("title: menu.hello\n", "invitation: coming")), Lines{});
  EXPECT_EQ(lint_lines(standing("title: menu.helo\n", "invitation: coming")),
            (Lines{"dialogs/menu.yaml:2:8: there is no sentence 'menu.helo'; did you mean 'menu.hello'?"}));
}

TEST(Lint, a_step_that_only_ends_is_found_and_one_that_does_something_first_is_not) {
  const Library library = library_of({{"menu", R"(steps:
  choose:
    ask: menu.q
    answers: [{number: 1, then: nothing}, {number: 2, then: noted}, {number: 3, then: end}]
  nothing: {then: end}
  noted: {do: [{task: call_back}], then: end}
)"}});
  EXPECT_EQ(lint_lines(library), (Lines{"dialogs/menu.yaml:6:3: step 'nothing' says nothing, does nothing and ends; "
                                        "give it something to say, or write 'then: end' where it is led to"}));
}

TEST(Lint, a_language_without_sentences_names_the_nearest) {
  const Library library = library_of({{"menu", "languages: [fr, it]\nsteps:\n  hello: {say: menu.hello}\n"}});
  EXPECT_EQ(lines_of(lint(library, {all_keys, {}, {"fr", "ti", "fa-AF"}})),
            (Lines{"dialogs/menu.yaml:2:12: there are no sentences in 'it'; did you mean 'ti'?"}));
  EXPECT_EQ(lines_of(lint(library, {all_keys, {}, {"fr", "it"}})), Lines{});
}

TEST(Lint, the_first_dialog_must_exist) {
  const Library library = library_of({{"first_contact", "steps:\n  hello: {say: menu.hello}\n"}}, "first_contacts");
  EXPECT_EQ(lint_lines(library), (Lines{"dialogs/first_contacts.yaml: the first dialog, 'first_contacts', does not "
                                        "exist; did you mean 'first_contact'?"}));
}

TEST(Lint, an_empty_library_lacks_only_its_first_dialog) { EXPECT_EQ(lint(Library(), {}).size(), 1u); }

TEST(Library, the_keys_of_a_dialog_are_what_it_says_and_asks_and_its_words_are_apart) {
  const Library library = library_of({{"menu", R"(steps:
  hello:
    say: [menu.a, menu.b]
    ask: menu.q
    answers:
      - {number: 1, words: menu.words, then: end}
    otherwise: menu.again
)"}});
  EXPECT_EQ(keys_of(*library.find("menu")), (std::set<std::string>{"menu.a", "menu.again", "menu.b", "menu.q"}));
  EXPECT_EQ(word_keys_of(*library.find("menu")), (std::set<std::string>{"menu.words"}));
}

TEST(Library, a_dialog_added_again_replaces_the_older_one) {
  Library library = library_of({{"menu", "steps:\n  old: {say: menu.hello}\n"}});
  library.add(load("menu.yaml", "dialog: menu\nsteps:\n  new: {say: menu.hello}\n", "2").dialog);
  EXPECT_EQ(library.find("menu")->steps[0].id, "new");
  EXPECT_EQ(library.find("menus"), nullptr);
}

}  // namespace
}  // namespace passerelle::dialog
