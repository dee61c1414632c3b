// domain/ has no ICU, so its table of digits is compared with ICU's here.
#include "domain/digits.hpp"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

namespace passerelle::language {
namespace {

TEST(Digits, are_those_of_unicode) {
  int digits = 0;
  for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
    const bool is = u_isdigit(c) != 0;
    digits += is ? 1 : 0;
    ASSERT_EQ(decimal_digit(static_cast<char32_t>(c)), is ? std::optional(u_charDigitValue(c)) : std::nullopt) << c;
  }
  EXPECT_EQ(digits, 680) << "Unicode 15";
  EXPECT_FALSE(decimal_digit(0x1369)) << "Ethiopic one";
}

}  // namespace
}  // namespace passerelle::language
