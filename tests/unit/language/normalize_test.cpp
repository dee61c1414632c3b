#include "language/normalize.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "language/code_points.hpp"

namespace passerelle::language {
namespace {

TEST(Fold, case_punctuation_and_spaces_do_not_matter) {
  EXPECT_EQ(fold("  STOP!!  "), "stop");
  EXPECT_EQ(fold("«Arrêt»"), "arret");
  EXPECT_EQ(fold("J'ai besoin d’aide."), "j ai besoin d aide");
  EXPECT_EQ(fold("rendez-vous"), "rendez vous");
  EXPECT_EQ(fold("ＳＴＯＰ"), "stop");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold(" …!? "), "");
}

TEST(Fold, ascii_takes_the_same_path_in_meaning) {
  // The accent sends the text through ICU; without it the fast path must give the same.
  for (const std::string text : {"Stop NOW, please!!!", "a  b\tc\nd", "1,000.50 CHF", "helllp meee", "it's 10:30"}) {
    EXPECT_EQ(fold(text) + " e", fold(text + " é")) << text;
  }
}

TEST(Fold, a_letter_drawn_out_is_written_once_but_digits_and_doubles_stay) {
  EXPECT_EQ(fold("STOOOOOP"), "stop");
  EXPECT_EQ(fold("ouiiii"), "oui");
  EXPECT_EQ(fold("لااااا"), "لا");
  EXPECT_EQ(fold("hello"), "hello");
  EXPECT_EQ(fold("1000"), "1000");
  EXPECT_EQ(fold("111"), "111");
}

TEST(Fold, arabic_letters_of_one_sound_are_one) {
  EXPECT_EQ(fold("مساعدة"), fold("مساعده"));
  EXPECT_EQ(fold("إلغاء"), fold("الغاء"));
  EXPECT_EQ(fold("کمک می‌خواهم"), fold("كمك ميخواهم"));
  EXPECT_EQ(fold("مُسَاعَدَة"), fold("مساعدة"));
  EXPECT_EQ(fold("تـــوقـف"), fold("توقف"));
  EXPECT_EQ(fold("ڕاگرە"), fold("راگره"));
}

TEST(Fold, ethiopic_homophones_are_one_in_every_vowel_order) {
  EXPECT_EQ(fold("ሠላም"), fold("ሰላም"));
  EXPECT_EQ(fold("ፀሓይ"), fold("ጸሐይ"));
  EXPECT_EQ(fold("ዓመት"), fold("አመት"));
  EXPECT_EQ(fold("ኣቋርጽ"), fold("አቋርፅ"));
  EXPECT_EQ(fold("ኃይል"), fold("ሐይል"));
  EXPECT_EQ(fold("ሁሉ"), fold("ሑሉ"));
  EXPECT_NE(fold("ሰላም"), fold("ሳላም"));
}

TEST(Fold, latin_letters_of_african_and_turkic_alphabets_lose_their_hooks) {
  EXPECT_EQ(fold("ƆWƆ"), "owo");
  EXPECT_EQ(fold("DƐMƐ ŋ"), "deme n");
  EXPECT_EQ(fold("ɓɗƙ"), "bdk");
  EXPECT_EQ(fold("İPTAL"), "iptal");
  EXPECT_EQ(fold("ıptal"), "iptal");
  EXPECT_EQ(fold("RAWESTÎNE"), "rawestine");
}

TEST(Fold, indic_vowel_signs_stay) {
  EXPECT_EQ(fold("வேண்டாம்"), "வேண்டாம்");
  EXPECT_NE(fold("বন্ধ করুন"), fold("বন্ধ করন"));
}

TEST(Fold, digits_of_every_script_become_ascii) {
  EXPECT_EQ(fold("١٢٣"), "123");
  EXPECT_EQ(fold("۴۵۶"), "456");
  EXPECT_EQ(fold("৭৮৯"), "789");
  EXPECT_EQ(fold("2️⃣"), "2");
}

TEST(Fold, broken_utf8_never_fails) {
  EXPECT_EQ(fold("a\xff"), "a\xEF\xBF\xBD");
  EXPECT_EQ(fold("\xc3"), "\xEF\xBF\xBD");
}

TEST(Tokens, are_the_words_of_the_folded_text) {
  EXPECT_EQ(tokens("j ai faim"), (std::vector<std::string>{"j", "ai", "faim"}));
  EXPECT_TRUE(tokens("").empty());
}

TEST(WholeNumber, is_a_number_and_nothing_else) {
  EXPECT_EQ(whole_number("2"), 2);
  EXPECT_EQ(whole_number("2."), 2);
  EXPECT_EQ(whole_number(" (2) "), 2);
  EXPECT_EQ(whole_number("٢"), 2);
  EXPECT_EQ(whole_number("۱۲"), 12);
  EXPECT_EQ(whole_number("፫"), 3);
  EXPECT_EQ(whole_number("0"), 0);
  EXPECT_EQ(whole_number("9999"), 9999);
}

TEST(WholeNumber, is_none_when_the_text_says_more) {
  for (const std::string text : {"2 hours", "2h", "2 3", "10000", "2.5", "-2", "20 %", "5€", "", "two", "14:30", "½"}) {
    EXPECT_FALSE(whole_number(text)) << text;
  }
}

TEST(StripControls, takes_off_what_turns_texts_around) {
  EXPECT_EQ(strip_controls("a\u202Eb\u2066c\u200Fd"), "abcd");
  EXPECT_EQ(strip_controls("a\x01\x7F\tb\nc"), "a\tb\nc");
  EXPECT_EQ(strip_controls("one\r\ntwo\rthree"), "one\ntwo\nthree");
  EXPECT_EQ(strip_controls("می‌خواهم"), "می‌خواهم");  // the joiner belongs to the word
  EXPECT_EQ(strip_controls("\xff"), "\xEF\xBF\xBD");
}

std::string utf8_of(char32_t c) {
  std::string out;
  append(out, c);
  return out;
}

// A Han character keeps the whole text from the table of letters, and changes nothing of what stands before it.
std::string folded_by_icu(const std::string& text) {
  std::string folded = fold(text + " \u4E00");
  folded.resize(folded.size() - std::min(folded.size(), std::string_view(" \u4E00").size()));
  return folded;
}

TEST(Fold, every_letter_of_the_table_is_what_icu_makes_of_it) {
  for (char32_t c = 1; c < 0x2100; ++c) {
    const std::string letter = utf8_of(c), between = "a" + letter + "b";
    ASSERT_EQ(fold(letter), folded_by_icu(letter)) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(fold(between), folded_by_icu(between)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Fold, letters_and_marks_in_any_order_are_what_icu_makes_of_them) {
  constexpr std::array<std::pair<char32_t, char32_t>, 9> blocks{{{0x20, 0x24F},
                                                                 {0x300, 0x3FF},
                                                                 {0x400, 0x52F},
                                                                 {0x5B0, 0x6FF},
                                                                 {0x900, 0xBFF},
                                                                 {0x900, 0x94F},
                                                                 {0xB80, 0xD4F},
                                                                 {0x1100, 0x139F},
                                                                 {0x1E00, 0x2070}}};
  std::mt19937 random(20261130);  // the same texts every time
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    const auto [from, to] = blocks[random() % blocks.size()];
    for (std::size_t n = 1 + random() % 8; n > 0; --n) {
      const bool mark = random() % 4 == 0;
      text += utf8_of(mark ? 0x300 + random() % 0x60 : from + random() % (to - from));
    }
    ASSERT_EQ(fold(text), folded_by_icu(text)) << text;
  }
}

TEST(StripControls, leaves_nothing_but_the_text_of_any_mix) {
  constexpr std::array controls{"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                                "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\x01"};
  constexpr std::array pieces{
      "+41 79 000 00 01", "Anna", "سلام", "می‌خواهم", "ሰላም", "👩‍👧", " ", "\n", "12-3", "(", "é"};
  std::mt19937 random(20261130);  // the same mixes every time
  for (int i = 0; i < 5'000; ++i) {
    std::string typed, text;
    for (std::size_t n = random() % 12; n > 0; --n) {
      const bool control = random() % 2 == 0;
      const std::string piece = control ? controls[random() % controls.size()] : pieces[random() % pieces.size()];
      typed += piece;
      if (!control) text += piece;
    }
    ASSERT_EQ(strip_controls(typed), text);
  }
}

TEST(Truncate, cuts_between_graphemes_only) {
  EXPECT_EQ(truncate("abc", 5), "abc");
  EXPECT_EQ(truncate("abcdef", 3), "abc");
  EXPECT_EQ(truncate("ab👍🏽", 3), "ab");
  EXPECT_EQ(truncate("ae\u0301x", 2), "a");
  EXPECT_EQ(truncate("abc", 0), "");
}

TEST(Truncate, cuts_a_single_endless_grapheme_where_it_must) {
  std::string stacked = "a";
  for (int i = 0; i < 50; ++i) stacked += "\u0301";
  EXPECT_EQ(truncate(stacked, 10).size(), 1U + 9U * 2U);
}

}  // namespace
}  // namespace passerelle::language
