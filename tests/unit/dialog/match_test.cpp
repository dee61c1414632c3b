// Which category an answer falls into.
#include "dialog/match.hpp"

#include <gtest/gtest.h>

#include "dialog/text.hpp"
#include "sample.hpp"

namespace passerelle::dialog {
namespace {

const Step& question(const Library& library) { return library.find("menu")->steps[0]; }

const Library& sample() {
  static const Library library = library_of({{"menu", R"(steps:
  choose:
    ask: menu.q
    answers:
      - {number: 1, words: menu.hours, then: end}
      - {number: 2, then: end}
      - {yes: true, then: end}
      - {no: true, then: end}
      - {text: rest, then: end}
)"}});
  return library;
}

// The place of the category from 0, or -1.
int place(const Reading& reading, std::optional<bool> yes = {},
          MenuWords words = {{"menu.hours", {"hours", "opening hours", ""}}}) {
  const Step& step = question(sample());
  const Category* found = match(step, {}, {reading, yes}, {words, {}});
  return found == nullptr ? -1 : static_cast<int>(found - step.categories.data());
}

TEST(Match, a_number_fits_the_number_alone) {
  EXPECT_EQ(place(read("1")), 0);
  EXPECT_EQ(place(read("2")), 1);
  EXPECT_EQ(place(read("3")), 4);
  EXPECT_EQ(place(read("1 please")), 4);
}

TEST(Match, a_menu_word_fits_when_it_is_the_whole_message) {
  EXPECT_EQ(place(read("hours")), 0);
  EXPECT_EQ(place(read("opening hours")), 0);
  EXPECT_EQ(place(read("opening")), 4);
  EXPECT_EQ(place(read("in two hours")), 4);
  EXPECT_EQ(place(read("hourss")), 4);
  EXPECT_EQ(place(read("hour")), 4);
}

TEST(Match, punctuation_beside_a_menu_word_does_not_hide_it) {
  Reading reading = read("opening hours");
  reading.folded = "opening  hours!";
  EXPECT_EQ(place(reading), 0);
}

TEST(Match, a_number_whose_words_no_language_has_still_fits_its_digit) {
  EXPECT_EQ(place(read("1"), {}, {}), 0);
  EXPECT_EQ(place(read("hours"), {}, {}), 4);
}

TEST(Match, yes_and_no_are_what_the_caller_found) {
  EXPECT_EQ(place(read("oui"), true), 2);
  EXPECT_EQ(place(read("non"), false), 3);
  EXPECT_EQ(place(read("oui")), 4);
}

TEST(Match, an_empty_message_fits_nothing) {
  EXPECT_EQ(place(read("")), -1);
  Reading blank = read("");
  blank.original = " \n\xC2\xA0\xE2\x80\x8B";
  EXPECT_EQ(place(blank), -1);
}

TEST(Match, what_is_kept_is_trimmed_and_at_most_500_letters_long) {
  Reading reading;
  reading.original = "  \xC2\xA0 Rue de la Gare 3\r\n\xE3\x80\x80";
  EXPECT_EQ(kept_text(reading), "Rue de la Gare 3");
  reading.original.clear();
  for (int i = 0; i < 600; ++i) reading.original += "ሰ";
  EXPECT_EQ(code_points(kept_text(reading)), 500u);
  EXPECT_EQ(kept_text(reading).size(), 1500u);
}

TEST(Match, a_language_is_its_number_in_the_menu_or_one_of_its_names) {
  const std::vector<LanguageChoice> languages{{"fr", {"fr", "francais"}}, {"fa-AF", {"fa-af", "دری"}}};
  const MenuWords words;
  const auto chosen = [&](const std::string& text) {
    const Reading reading = read(text);
    const LanguageChoice* choice = chosen_language({reading, {}}, {}, {words, languages});
    return choice == nullptr ? "-" : choice->locale;
  };
  EXPECT_EQ(chosen("1"), "fr");
  EXPECT_EQ(chosen("2"), "fa-AF");
  EXPECT_EQ(chosen("3"), "-");
  EXPECT_EQ(chosen("0"), "-");
  EXPECT_EQ(chosen("francais"), "fr");
  EXPECT_EQ(chosen("دری"), "fa-AF");
  EXPECT_EQ(chosen("klingon"), "-");
}

TEST(Text, invalid_utf8_is_found_at_its_first_byte) {
  EXPECT_EQ(first_invalid_utf8("ሰላም é ok"), std::string("ሰላም é ok").size());
  EXPECT_EQ(first_invalid_utf8("ok\xFF"), 2u);
  EXPECT_EQ(first_invalid_utf8("\xC0\xAF"), 0u);          // overlong
  EXPECT_EQ(first_invalid_utf8("a\xED\xA0\x80"), 1u);     // a surrogate
  EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0u);  // above U+10FFFF
  EXPECT_EQ(first_invalid_utf8("\xF0\x9F\x98"), 0u);      // cut off
  EXPECT_EQ(first_invalid_utf8("\xF0\x9F\x98\x80"), 4u);
}

}  // namespace
}  // namespace passerelle::dialog
