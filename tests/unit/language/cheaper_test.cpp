#include "language/cheaper.hpp"

#include <gtest/gtest.h>

#include "language/segments.hpp"

namespace passerelle::language {
namespace {

const SpellingPolicy policy{{{U'’', "'"}, {U'«', "\""}, {U'»', "\""}, {U'…', "..."}, {U'œ', "oe"}},
                            {{"fr", {Folding::letters, {{U'ê', "e"}, {U'û', "u"}, {U'î', "i"}, {U'ç', "c"}}}},
                             {"fr-CA", {Folding::marks, {{U'ê', "e"}}}},
                             {"tr", {Folding::marks, {{U'ı', "i"}}}},
                             {"vi", {Folding::never, {}}}}};

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::optional<std::string> cheaper(const std::string& text, const Locale& locale = "fr") {
  return cheaper_spelling(text, policy, locale);
}

TEST(CheaperSpelling, marks_that_cost_a_part_are_left_out) {
  const std::string dear = "Ça coûte 2 €: venez s’il vous plaît… " + repeat("a", 60);
  ASSERT_EQ(segments(dear).encoding, Encoding::ucs2);
  const auto plain = cheaper(dear);
  ASSERT_TRUE(plain);
  EXPECT_EQ(*plain, "Ça coute 2 €: venez s'il vous plait... " + repeat("a", 60)) << "Ç, é and € cost nothing more";
  EXPECT_EQ(segments(*plain).encoding, Encoding::gsm7);
  EXPECT_EQ(segments(*plain).parts.size(), 1u);
}

TEST(CheaperSpelling, letters_and_their_marks_may_be_written_apart) {
  EXPECT_EQ(cheaper("e\xCC\x82tre " + repeat("a", 70)), "etre " + repeat("a", 70));
  EXPECT_EQ(cheaper("œuvre e\xCC\x81t\xC3\xA9 " + repeat("a", 70)), "oeuvre été " + repeat("a", 70));
  EXPECT_EQ(cheaper("cœur «ici» " + repeat("a", 70)), "coeur \"ici\" " + repeat("a", 70));
}

TEST(CheaperSpelling, each_language_keeps_the_letters_that_tell_words_apart) {
  const std::string quoted = "l’heure " + repeat("a", 70), turkish = "sık " + quoted, french = "fête " + quoted;
  EXPECT_EQ(cheaper(french, "fr-CH"), "fete l'heure " + repeat("a", 70))
      << "a region that nobody names is its language";
  EXPECT_EQ(cheaper(french, "fr-CA"), std::nullopt);
  EXPECT_EQ(cheaper(quoted, "fr-CA"), "l'heure " + repeat("a", 70));
  EXPECT_EQ(cheaper(turkish, "tr"), std::nullopt);
  EXPECT_EQ(cheaper(quoted, "tr"), "l'heure " + repeat("a", 70));
  EXPECT_EQ(cheaper(quoted, "vi"), std::nullopt);
  EXPECT_EQ(cheaper(quoted, "so"), "l'heure " + repeat("a", 70)) << "not named: the marks only";
  EXPECT_EQ(cheaper(french, "so"), std::nullopt);
  EXPECT_EQ(cheaper("ı, " + french, "fr"), std::nullopt) << "a Turkish name in a French text";
}

TEST(CheaperSpelling, nothing_is_offered_that_saves_nothing) {
  EXPECT_EQ(cheaper("Ça coûte"), std::nullopt) << "one part either way";
  EXPECT_EQ(cheaper(repeat("a", 200)), std::nullopt);
  EXPECT_EQ(cheaper(""), std::nullopt);
  EXPECT_EQ(cheaper("coûte, шість " + repeat("a", 70)), std::nullopt);
  EXPECT_EQ(cheaper(repeat("موعد… ", 30)), std::nullopt);
  EXPECT_EQ(cheaper(repeat("ቆጸራ ", 30)), std::nullopt);
  EXPECT_EQ(cheaper("Bravo 🎉 " + repeat("a", 70)), std::nullopt);
  EXPECT_EQ(cheaper("\xFF" + repeat("a", 80)), std::nullopt) << "what is no UTF-8 has no plain form";
}

}  // namespace
}  // namespace passerelle::language
