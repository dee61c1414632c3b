#include "domain/phone.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

TEST(Phone, is_kept_in_one_form_however_it_was_typed) {
  for (const char* typed :
       {"+41791234567", "+41 79 123 45 67", "0041 79 123 45 67", "+41 (0)79 123 45 67", "+41-79/123.45.67",
        "+41\xC2\xA0"
        "79\xE2\x80\xAF"
        "1234567",
        "\xE2\x80\xAA+41791234567\xE2\x80\xAC", " +41791234567\t"}) {
    EXPECT_EQ(international_number(typed), "+41791234567") << typed;
  }
}

TEST(Phone, is_not_guessed_from_a_local_number_or_what_a_spreadsheet_made_of_it) {
  for (const char* typed : {"079 123 45 67", "41791234567", "4.179E+10", "+0791234567", "+41 79 abc", "+123456",
                            "+1234567890123456", "+", "", "00", "++41791234567", "+4179123\xD9\xA1\xD9\xA2"}) {
    EXPECT_EQ(international_number(typed), std::nullopt) << typed;
  }
}

TEST(Phone, is_told_from_the_names_that_other_gateways_give) {
  for (const char* typed : {"+41791234567", "+41 79 x", "0041 79", "079 123 45 67", " 0"})
    EXPECT_TRUE(looks_like_phone(typed)) << typed;
  for (const char* typed : {"12345", "0a", "user@example.org", ""}) EXPECT_FALSE(looks_like_phone(typed)) << typed;
}

}  // namespace
}  // namespace passerelle
