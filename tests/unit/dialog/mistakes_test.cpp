// The mistakes that people make in a dialog: each is found at its line and column, with the way out of it.
#include <gtest/gtest.h>

#include <ostream>

#include "dialog/load.hpp"

namespace passerelle::dialog {
namespace {

struct Mistake {
  const char* name;
  const char* text;  // the file dialogs/menu.yaml
  int line;
  int column;
  const char* what;
  const char* remedy;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, is_told_at_its_place_with_a_remedy) {
  const Mistake& mistake = GetParam();
  const Loaded loaded = load("dialogs/menu.yaml", mistake.text, "abc");
  EXPECT_FALSE(loaded.dialog);
  ASSERT_EQ(loaded.findings.size(), 1u) << (loaded.findings.size() > 1 ? to_string(loaded.findings[1]) : "none");
  const Finding& found = loaded.findings[0];
  EXPECT_EQ(to_string(found.at), to_string(Position{"dialogs/menu.yaml", mistake.line, mistake.column}));
  EXPECT_EQ(found.what, mistake.what);
  EXPECT_EQ(found.remedy, mistake.remedy);
}

#define HEAD "dialog: menu\nsteps:\n  hello:\n"
#define QUESTION HEAD "    ask: menu.q\n    answers:\n"

const Mistake in_the_head[] = {
    {"an_unknown_word", "dialog: menu\nexpire: 2h\nsteps:\n  hello: {say: a.b}\n", 2, 1, "a dialog has no 'expire'",
     "did you mean 'expires'?"},
    {"no_name", "steps:\n  hello: {say: a.b}\n", 1, 1, "'dialog' is missing", "begin the file with 'dialog: menu'"},
    {"another_name", "dialog: menus\nsteps:\n  hello: {say: a.b}\n", 1, 9,
     "this dialog is called 'menus', but its file 'menu'", "write 'dialog: menu', or rename the file"},
    {"no_steps", "dialog: menu\n", 1, 1, "'steps' is missing",
     "add 'steps:' and below it, two spaces in, the first step"},
    {"empty_steps", "dialog: menu\nsteps: []\n", 2, 8, "'steps' needs steps below it",
     "write a name and ':' on a line of its own, two spaces in"},
    {"a_span_without_a_unit", "dialog: menu\nexpires: 24\nsteps:\n  hello: {say: a.b}\n", 2, 10,
     "'24' is not a span of time", "write a number and m, h or d, at most a year: 15m, 24h, 7d"},
    {"a_span_of_years", "dialog: menu\nexpires: 9999999d\nsteps:\n  hello: {say: a.b}\n", 2, 10,
     "'9999999d' is not a span of time", "write a number and m, h or d, at most a year: 15m, 24h, 7d"},
    {"an_aside_that_is_neither", "dialog: menu\naside: yes\nsteps:\n  hello: {say: a.b}\n", 2, 8,
     "'aside' can only be followed by 'true' or 'false'", "write 'aside: true', or delete it"},
    {"an_optional_that_is_neither", "dialog: menu\noptional: maybe\nsteps:\n  hello: {say: a.b}\n", 2, 11,
     "'optional' can only be followed by 'true' or 'false'", "write 'optional: true', or delete it"},
    {"a_standing_that_is_neither", "dialog: menu\nstanding: maybe\nsteps:\n  hello: {say: a.b}\n", 2, 11,
     "'standing' can only be followed by 'true' or 'false'", "write 'standing: true', or delete it"},
    {"about_as_a_list", "dialog: menu\nabout: [a]\nsteps:\n  hello: {say: a.b}\n", 2, 8, "'about' is one sentence",
     "write 'about: What this dialog is for.'"},
    {"a_list_instead_of_a_dialog", "- dialog: menu\n", 1, 1, "this is not a dialog",
     "begin with 'dialog: NAME' and 'steps:'"},
};
INSTANTIATE_TEST_SUITE_P(Head, Mistakes, testing::ValuesIn(in_the_head),
                         [](const auto& each) { return std::string(each.param.name); });

const Mistake in_the_yaml[] = {
    {"a_key_written_twice", HEAD "    say: a.b\n    say: a.c\n", 5, 5, "'say' is written twice; the first is in line 4",
     "delete one of the two"},
    {"a_step_written_twice", HEAD "    say: a.b\n  hello:\n    say: a.c\n", 5, 3,
     "'hello' is written twice; the first is in line 3", "delete one of the two"},
    {"a_tab", HEAD "    say: a.b\n\tthen: end\n", 5, 1, "there is a tab", "use spaces: two for each level"},
    {"a_control_character", HEAD "    say: a\x01.b\n", 4, 11, "there is an invisible control character", "delete it"},
    {"an_anchor", HEAD "    say: &x a.b\n", 4, 10, "an anchor ('&') is not used in dialogs",
     "write the value out where it is needed"},
    {"a_tag", HEAD "    say: !!str a.b\n", 4, 10, "a tag ('!') is not used in dialogs", "delete it, or quote the text"},
    {"a_key_that_is_a_list", HEAD "    say: a.b\n    ? [then]\n    : end\n", 5, 7,
     "what stands before ':' must be one word", "write 'word: value'"},
    {"an_open_quote", "dialog: menu\nsteps:\n  hello: {say: a.b}\nabout: \"What it's for\n", 4, 8,
     "this quote is never closed", "end the text with the same quote on the same line"},
    {"an_open_single_quote", "dialog: menu\nsteps:\n  hello: {say: a.b}\nabout: 'That''s for\n", 4, 8,
     "this quote is never closed", "end the text with the same quote on the same line"},
    {"a_bracket_left_open", HEAD "    say: [a.b\n", 5, 1, "this is not valid YAML: end of sequence flow not found",
     "look at the indentation, the colons and the quotes here and in the line above"},
    {"bad_indentation", HEAD "    say: a.b\n   then: end\n", 5, 4, "this is not valid YAML: end of map not found",
     "look at the indentation, the colons and the quotes here and in the line above"},
    {"a_second_document", HEAD "    say: a.b\n---\ndialog: other\n", 6, 1, "a second document begins here ('---')",
     "one file holds one dialog"},
    {"deep_nesting", HEAD "    say: [[[[[[[[[[a.b]]]]]]]]]]\n", 4, 19, "this is nested too deeply to be a dialog",
     "compare the indentation with dialogs/README.md"},
    {"latin_1", HEAD "    say: caf\xE9\n", 4, 13, "this is not UTF-8", "save the file as UTF-8 in your editor"},
};
INSTANTIATE_TEST_SUITE_P(Yaml, Mistakes, testing::ValuesIn(in_the_yaml),
                         [](const auto& each) { return std::string(each.param.name); });

const Mistake in_a_step[] = {
    {"a_misspelt_word", HEAD "    aks: menu.q\n    say: a.b\n", 4, 5, "a step has no 'aks'", "did you mean 'ask'?"},
    {"nothing_in_it", HEAD, 3, 3, "step 'hello' does nothing", "give it 'say', 'do', 'ask' or 'then', further in"},
    {"a_reserved_name", "dialog: menu\nsteps:\n  human:\n    say: a.b\n", 3, 3,
     "a step cannot be called 'human': after 'then' that word means something else", "give the step another name"},
    {"a_name_with_a_space", "dialog: menu\nsteps:\n  say hello:\n    say: a.b\n", 3, 3,
     "'say hello' is not a name for a step", "use small letters a to z, digits, '_' and '-', beginning with a letter"},
    {"a_sentence_instead_of_a_key", HEAD "    say: Bonjour à tous\n", 4, 10,
     "'say' takes the key of a sentence, not 'Bonjour à tous'",
     "put the sentence in locales/ and write its key here, like information.hello"},
    {"an_empty_say", HEAD "    say:\n", 4, 5, "'say' needs a single word after it", "write 'say: information.hello'"},
    {"an_empty_list_to_say", HEAD "    say: []\n", 4, 10, "'say' says nothing", "write the key of a sentence"},
    {"actions_that_are_no_list", HEAD "    do:\n      say: a.b\n", 5, 7, "'do' needs a list of actions",
     "put each action on a line of its own that begins with '- '"},
    {"two_actions_in_one", HEAD "    do:\n      - say: a.b\n        task: person\n", 5, 9,
     "each line of 'do' is one action", "write '- say: KEY', '- task: KIND' and so on"},
    {"an_unknown_action", HEAD "    do:\n      - taks: person\n", 5, 9, "an action has no 'taks'",
     "did you mean 'task'?"},
    {"an_unknown_consent", HEAD "    do:\n      - consent: stoped\n", 5, 18, "there is no consent 'stoped'",
     "did you mean 'stopped'?"},
    {"latin_only_false", HEAD "    do:\n      - latin_only: false\n", 5, 21,
     "'latin_only' can only be followed by 'true'", "write 'latin_only: true', or delete it"},
    {"an_unknown_response", HEAD "    do:\n      - invitation: decline\n", 5, 21,
     "nobody answers an invitation with 'decline'", "did you mean 'declined'?"},
    {"a_response_like_nothing", HEAD "    do:\n      - invitation: qwertyuiop\n", 5, 21,
     "nobody answers an invitation with 'qwertyuiop'", "write coming, declined or call_me"},
    {"begins_false", HEAD "    say: a.b\n    begins: false\n", 5, 13, "'begins' can only be followed by 'true'",
     "write 'begins: true', or delete it"},
    {"a_task_with_a_space", HEAD "    do:\n      - task: call back\n", 5, 15, "'call back' is not a name for 'task'",
     "use small letters a to z, digits, '_' and '-', beginning with a letter"},
    {"an_exit_to_nowhere", HEAD "    then: helo\n", 4, 11, "there is no step 'helo'", "did you mean 'hello'?"},
    {"an_exit_like_nothing", HEAD "    then: qwertyuiop\n", 4, 11, "there is no step 'qwertyuiop'",
     "add that step, or write end, human, first or 'dialog NAME'"},
    {"an_exit_to_no_dialog", HEAD "    then: dialog\n", 4, 11, "'dialog' needs the name of one dialog after it",
     "write 'dialog NAME'"},
    {"answers_without_a_question", HEAD "    say: a.b\n    answers:\n      - {number: 1, then: end}\n", 5, 5,
     "'answers' needs a question", "add 'ask: KEY', or delete it"},
    {"unclear_without_a_question", HEAD "    say: a.b\n    unclear: human\n", 5, 5, "'unclear' needs a question",
     "add 'ask: KEY', or delete it"},
    {"tries_without_a_question", HEAD "    say: a.b\n    tries: 3\n", 5, 5, "'tries' needs a question",
     "add 'ask: KEY', or delete it"},
};
INSTANTIATE_TEST_SUITE_P(Step, Mistakes, testing::ValuesIn(in_a_step),
                         [](const auto& each) { return std::string(each.param.name); });

const Mistake in_a_question[] = {
    {"unclear_and_nobody", QUESTION "      - {number: 1, then: end}\n    unclear: end\n", 7, 14,
     "'unclear' can only be followed by 'human'", "write 'unclear: human', or use 'otherwise' and 'tries'"},
    {"tries_beside_unclear", QUESTION "      - {number: 1, then: end}\n    unclear: human\n    tries: 3\n", 8, 5,
     "'tries' does nothing beside 'unclear: human'", "delete one of the two"},
    {"the_invitation_as_a_text", QUESTION "      - {text: invitation, then: end}\n", 6, 16,
     "'invitation' is the name of what the dialog was begun for", "keep the answer under another name"},
    {"no_answers", HEAD "    ask: menu.q\n", 4, 10, "step 'hello' asks, but has no 'answers'",
     "add 'answers:' and a list below it"},
    {"answers_that_are_no_list", QUESTION "      number: 1\n      then: end\n", 6, 7, "'answers' needs a list",
     "begin each answer with '- ', as in '- number: 1'"},
    {"an_exit_of_its_own", QUESTION "      - {number: 1, then: end}\n    then: end\n", 7, 5,
     "a step that asks has no 'then' of its own", "put a 'then' in each of its answers"},
    {"the_number_0", QUESTION "      - number: 0\n        then: end\n", 6, 17,
     "0 cannot be an answer: it is kept for '□□□? reply 0' on old phones", "use 1 to 99"},
    {"the_number_100", QUESTION "      - number: 100\n        then: end\n", 6, 17,
     "'100' is not a number that 'number' can have", "use 1 to 99"},
    {"a_word_for_a_number", QUESTION "      - number: one\n        then: end\n", 6, 17,
     "'one' is not a number that 'number' can have", "use 1 to 99"},
    {"six_tries", QUESTION "      - {number: 1, then: end}\n    tries: 6\n", 7, 12,
     "'6' is not a number that 'tries' can have", "use 1 to 5"},
    {"an_answer_that_is_a_word", QUESTION "      - hello\n", 6, 9, "an answer is what it answers to and a 'then'",
     "write '- number: 1' and below it 'then: STEP'"},
    {"an_empty_answer", QUESTION "      -\n      # nothing\n\n      - {number: 1, then: end}\n", 6, 7,
     "an answer is what it answers to and a 'then'", "write '- number: 1' and below it 'then: STEP'"},
    {"an_answer_to_nothing", QUESTION "      - then: end\n", 6, 9, "this answer does not say what it answers to",
     "add 'number: 1', 'yes: true', 'text: NAME' or another test of dialogs/README.md"},
    {"an_answer_to_two_things", QUESTION "      - yes: true\n        number: 1\n        then: end\n", 7, 9,
     "one answer cannot be 'yes' and 'number'", "write two answers, each with its own '- '"},
    {"an_answer_to_nowhere", QUESTION "      - number: 1\n", 6, 9, "this answer leads nowhere",
     "add 'then: STEP' (or end, human, first, 'dialog NAME')"},
    {"an_unknown_test", QUESTION "      - number: 1\n        word: a.b\n        then: end\n", 7, 9,
     "an answer has no 'word'", "did you mean 'words'?"},
    {"words_without_a_number", QUESTION "      - language: true\n        words: a.b\n        then: end\n", 7, 9,
     "'words' does nothing beside 'language'", "delete it, or add 'number: N'"},
    {"a_yes_that_is_not_true", QUESTION "      - yes: maybe\n        then: end\n", 6, 14,
     "'yes' can only be followed by 'true'", "write 'yes: true', or delete it"},
    {"a_number_twice", QUESTION "      - {number: 1, then: end}\n      - {number: 1, then: human}\n", 7, 9,
     "this answer can never be reached: 'number: 1' is already above", "delete it, or answer to something else"},
    {"yes_twice", QUESTION "      - {yes: true, then: end}\n      - {yes: true, then: human}\n", 7, 9,
     "this answer can never be reached: 'yes' is already above", "delete it, or answer to something else"},
    {"text_before_a_number", QUESTION "      - {text: name, then: end}\n      - {number: 1, then: end}\n", 7, 9,
     "this answer can never be reached: the 'text' before it takes everything", "move the 'text' answer to the end"},
    {"a_text_kept_under_two_words", QUESTION "      - {text: first name, then: end}\n", 6, 16,
     "'first name' is not a name for 'text'", "use small letters a to z, digits, '_' and '-', beginning with a letter"},
    {"a_text_kept_under_a_dashed_name", QUESTION "      - {text: first-name, then: end}\n", 6, 16,
     "'first-name' has a '-', which sentences cannot use as {first-name}", "write '_' instead"},
    {"an_answer_to_a_lost_step", QUESTION "      - number: 1\n        then: adress\n  address:\n    say: a.b\n", 7, 15,
     "there is no step 'adress'", "did you mean 'address'?"},
    {"an_otherwise_that_is_a_sentence", QUESTION "      - {number: 1, then: end}\n    otherwise: Pardon ?\n", 7, 16,
     "'otherwise' takes the key of a sentence, not 'Pardon ?'",
     "put the sentence in locales/ and write its key here, like information.hello"},
};
INSTANTIATE_TEST_SUITE_P(Question, Mistakes, testing::ValuesIn(in_a_question),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(MistakesInYaml, an_alias_is_refused_beside_its_anchor) {
  const Loaded loaded = load("dialogs/menu.yaml", HEAD "    say: &x a.b\n    then: *x\n", "abc");
  ASSERT_EQ(loaded.findings.size(), 3u);
  EXPECT_EQ(to_string(loaded.findings[1].at), "dialogs/menu.yaml:5:11");
  EXPECT_EQ(loaded.findings[1].what, "'then' needs a single word after it");
  EXPECT_EQ(loaded.findings[2].what, "an alias ('*') is not used in dialogs");
}

TEST(MistakesInYaml, an_empty_file_says_how_to_begin) {
  for (const char* text : {"", "\n\n", "# only a comment\n"}) {
    const Loaded loaded = load("dialogs/menu.yaml", text, "abc");
    ASSERT_EQ(loaded.findings.size(), 1u) << text;
    EXPECT_EQ(loaded.findings[0].what, "the file is empty");
  }
}

}  // namespace
}  // namespace passerelle::dialog
