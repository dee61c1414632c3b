#include "language/typo.hpp"

#include <gtest/gtest.h>

namespace passerelle::language {
namespace {

TEST(Typo, one_mistake_in_five_letters) {
  EXPECT_TRUE(is_typo("hotle", "hotel"));
  EXPECT_TRUE(is_typo("hotl", "hotel"));
  EXPECT_TRUE(is_typo("hhotel", "hotel"));
  EXPECT_FALSE(is_typo("hoel", "hote")) << "four letters are too few";
  EXPECT_FALSE(is_typo("hutal", "hotel"));
}

TEST(Typo, two_mistakes_in_eight_letters_of_any_script) {
  EXPECT_TRUE(is_typo("dentsiste", "dentiste"));
  EXPECT_TRUE(is_typo("dnetise", "dentiste"));
  EXPECT_FALSE(is_typo("danrise", "dentiste")) << "three";
  EXPECT_TRUE(is_typo("мдеицина", "медицина"));
  EXPECT_FALSE(is_typo("ሓኪመ", "ሓኪም")) << "three letters, of three bytes each";
}

TEST(Typo, the_same_word_is_none) { EXPECT_FALSE(is_typo("hotel", "hotel")); }

}  // namespace
}  // namespace passerelle::language
