#include "language/segments.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace passerelle::language {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::string cost(std::string_view text) {
  const Segments found = segments(text);
  return std::string(to_string(found.encoding)) + ' ' + std::to_string(found.parts.size());
}

std::string joined(const Segments& found) {
  return std::accumulate(found.parts.begin(), found.parts.end(), std::string());
}

struct Row {
  std::string text;
  std::string expected;
};

TEST(Segments, count_as_the_reference_values_say) {
  const std::string family = "👨‍👩‍👧‍👦";
  const std::vector<Row> rows = {{"", "GSM-7 1"},
                                 {repeat("a", 160), "GSM-7 1"},
                                 {repeat("a", 161), "GSM-7 2"},
                                 {repeat("a", 306), "GSM-7 2"},
                                 {repeat("a", 307), "GSM-7 3"},
                                 {repeat("€", 80), "GSM-7 1"},
                                 {repeat("€", 81), "GSM-7 2"},
                                 {repeat("€", 153), "GSM-7 3"},
                                 {repeat("€", 154), "GSM-7 3"},
                                 {repeat("م", 70), "UCS-2 1"},
                                 {repeat("م", 71), "UCS-2 2"},
                                 {repeat("م", 134), "UCS-2 2"},
                                 {repeat("م", 135), "UCS-2 3"},
                                 {repeat("👍", 35), "UCS-2 1"},
                                 {repeat("👍", 36), "UCS-2 2"},
                                 {repeat("👍", 66), "UCS-2 2"},
                                 {repeat("👍", 67), "UCS-2 3"},
                                 {repeat("ç", 70), "UCS-2 1"},
                                 {repeat("ç", 71), "UCS-2 2"},
                                 {repeat("Ç", 160), "GSM-7 1"},
                                 {"l’été", "UCS-2 1"},
                                 {"l'été", "GSM-7 1"},
                                 {"e\u0301", "UCS-2 1"},
                                 {repeat(family, 10), "UCS-2 2"},
                                 {repeat("ж", 66) + "😀" + repeat("ж", 66), "UCS-2 3"},
                                 {repeat("\r\n", 80), "GSM-7 1"},
                                 {repeat("\r\n", 81), "GSM-7 2"},
                                 {"\t", "UCS-2 1"},
                                 {"`", "UCS-2 1"},
                                 {"a\u00A0b", "UCS-2 1"}};
  for (const Row& row : rows) EXPECT_EQ(cost(row.text), row.expected) << row.text;
}

TEST(Segments, the_alphabet_is_that_of_the_standard) {
  const std::string basic =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
      "abcdefghijklmnopqrstuvwxyzäöñüà";
  EXPECT_EQ(cost(basic), "GSM-7 1") << "127 characters of one septet";
  EXPECT_EQ(cost(basic + repeat("a", 160 - 127)), "GSM-7 1");
  EXPECT_EQ(cost(basic + repeat("a", 161 - 127)), "GSM-7 2");
  for (const char* extended : {"^", "{", "}", "\\", "[", "~", "]", "|", "€", "\f"}) {
    EXPECT_EQ(cost(repeat("a", 158) + extended), "GSM-7 1") << extended;
    EXPECT_EQ(cost(repeat("a", 159) + extended), "GSM-7 2") << extended;
  }
  for (const char* other :
       {"ê", "ë", "î", "ï", "ô", "û", "â", "À", "È", "Ê", "œ", "«", "’", "…", "–", "á", "\x1B", "\x7F"}) {
    EXPECT_EQ(cost(other), "UCS-2 1") << other;
  }
}

TEST(Segments, an_escape_pair_goes_whole_to_the_next_part) {
  const Segments found = segments(repeat("€", 80) + "A");
  ASSERT_EQ(found.parts.size(), 2u);
  EXPECT_EQ(found.parts[0], repeat("€", 76));
  EXPECT_EQ(found.parts[1], repeat("€", 4) + "A");
}

TEST(Segments, a_surrogate_pair_goes_whole_to_the_next_part) {
  const Segments found = segments(repeat("ж", 66) + "😀" + repeat("ж", 10));
  ASSERT_EQ(found.parts.size(), 2u);
  EXPECT_EQ(found.parts[0], repeat("ж", 66));
  EXPECT_EQ(found.parts[1], "😀" + repeat("ж", 10));
}

TEST(Segments, what_a_reader_sees_as_one_character_goes_whole_to_the_next_part) {
  for (const std::string cluster : {"e\u0301", "👍🏽", "👨‍👩‍👧‍👦", "🇨🇭", "❤️", "👩‍🚀", "க்",
                                    "\u1112\u1161\u11AB", "🏳️‍🌈"}) {
    const Segments found = segments(repeat("ж", 66) + cluster + repeat("ж", 10));
    ASSERT_EQ(found.parts.size(), 2u) << cluster;
    EXPECT_EQ(found.parts[0], repeat("ж", 66)) << cluster;
  }
  EXPECT_EQ(segments(repeat("ж", 65) + "🇨🇭🇫🇷" + repeat("ж", 9)).parts[0], repeat("ж", 65));
}

TEST(Segments, a_character_with_more_marks_than_a_part_holds_is_split_at_a_code_point) {
  const std::string text = "a" + repeat("\u0301", 200);
  const Segments found = segments(text);
  EXPECT_EQ(found.parts.size(), 3u);
  EXPECT_EQ(joined(found), text);
}

TEST(Segments, bytes_that_are_no_utf8_are_kept_and_counted) {
  const std::string broken = "abc\xFF\xC3 \xF0\x9F";
  const Segments found = segments(broken);
  EXPECT_EQ(found.encoding, Encoding::ucs2);
  EXPECT_EQ(joined(found), broken);
  EXPECT_EQ(segments(repeat("\xFF", 71)).parts.size(), 2u);
}

TEST(Segments, parts_make_up_the_text_and_never_exceed_what_a_part_holds) {
  std::mt19937 random(7);  // the same texts in every run
  const std::vector<std::string> pieces = {"a",  "é",    "€",       "{",  "\r\n", "ж", "م",
                                           "😀", "👍🏽", "e\u0301", "🇨🇭", "ሰ",    " "};
  for (int round = 0; round < 500; ++round) {
    const std::size_t kinds = 1 + random() % pieces.size();
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) text += pieces[random() % kinds];
    const Segments found = segments(text);
    ASSERT_EQ(joined(found), text);
    for (const std::string& part : found.parts) {
      const Segments alone = segments(part);
      ASSERT_EQ(alone.parts.size(), 1u);
      ASSERT_TRUE(found.parts.size() == 1 || !part.empty());
    }
  }
}

}  // namespace
}  // namespace passerelle::language
