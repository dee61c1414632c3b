#include "language/cheaper.hpp"

#include <gtest/gtest.h>

#include "language/segments.hpp"

namespace passerelle::language {
namespace {

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(CheaperSpelling, marks_that_cost_a_part_are_left_out) {
  const std::string dear = "Ça coûte 2 €: venez s’il vous plaît… " + repeat("a", 60);
  ASSERT_EQ(segments(dear).encoding, Encoding::ucs2);
  const auto cheaper = cheaper_spelling(dear);
  ASSERT_TRUE(cheaper);
  EXPECT_EQ(*cheaper, "Ça coute 2 €: venez s'il vous plait... " + repeat("a", 60)) << "Ç, é and € cost nothing more";
  EXPECT_EQ(segments(*cheaper).encoding, Encoding::gsm7);
  EXPECT_EQ(segments(*cheaper).parts.size(), 1u);
}

TEST(CheaperSpelling, a_letter_and_its_mark_that_come_apart_are_one_letter) {
  EXPECT_EQ(cheaper_spelling("e\xCC\x82tre " + repeat("a", 70)), "etre " + repeat("a", 70));
  EXPECT_EQ(cheaper_spelling("e\xCC\x81t\xC3\xA9 " + repeat("a", 70)), "été " + repeat("a", 70));
  EXPECT_EQ(cheaper_spelling("cœur «ici» " + repeat("a", 70)), "coeur \"ici\" " + repeat("a", 70));
}

TEST(CheaperSpelling, nothing_is_offered_that_saves_nothing_or_loses_a_letter) {
  EXPECT_EQ(cheaper_spelling("Ça coûte"), std::nullopt) << "one part either way";
  EXPECT_EQ(cheaper_spelling(repeat("a", 200)), std::nullopt);
  EXPECT_EQ(cheaper_spelling(""), std::nullopt);
  EXPECT_EQ(cheaper_spelling("coûte, шість " + repeat("a", 70)), std::nullopt);
  EXPECT_EQ(cheaper_spelling(repeat("موعد ", 30)), std::nullopt);
  EXPECT_EQ(cheaper_spelling(repeat("ቆጸራ ", 30)), std::nullopt);
  EXPECT_EQ(cheaper_spelling("Bravo 🎉 " + repeat("a", 70)), std::nullopt);
  EXPECT_EQ(cheaper_spelling("\xFF" + repeat("a", 80)), std::nullopt) << "what is no UTF-8 has no plain form";
}

}  // namespace
}  // namespace passerelle::language
