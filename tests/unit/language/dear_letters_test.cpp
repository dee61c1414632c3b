#include "language/dear_letters.hpp"

#include <gtest/gtest.h>

namespace passerelle::language {
namespace {

using Letters = std::set<std::string>;

TEST(DearLetters, are_those_outside_the_alphabet_each_once) {
  EXPECT_EQ(dear_letters("Où êtes-vous? À l’hôtel, Ça va, ça va: 2 €"), (Letters{"ê", "À", "’", "ô", "ç"}));
  EXPECT_EQ(dear_letters("Ñandú 👍"), (Letters{"ú", "👍"}));
  EXPECT_EQ(dear_letters("[Grüße]\n"), Letters());
  EXPECT_EQ(dear_letters(""), Letters());
}

}  // namespace
}  // namespace passerelle::language
