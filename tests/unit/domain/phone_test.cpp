#include "domain/phone.hpp"

#include <gtest/gtest.h>

#include "domain/digit_pattern.hpp"
#include "domain/digits.hpp"
#include "domain/numbering_plan.hpp"
#include "domain/phone_metadata.hpp"

namespace passerelle {
namespace {

std::string read(std::string_view typed, std::string_view region) {
  const auto number = read_phone(typed, region);
  return number ? number->e164 + " " + std::string(to_string(number->kind)) : number.error().what;
}

TEST(Phone, is_kept_in_one_form_however_it_was_typed) {
  for (const char* typed :
       {"+41791234567", "+41 79 123 45 67", "0041 79 123 45 67", "+41 (0)79 123 45 67", "+41-79/123.45.67",
        "079 123 45 67", "791234567", "41791234567", "tel:+41-79-123-45-67", "(+41) 79 123 45 67", "٠٧٩ ١٢٣ ٤٥ ٦٧",
        "+۴۱ ۷۹ ۱۲۳ ۴۵ ۶۷", "०७९ १२३ ४५ ६७", "＋４１７９１２３４５６７", "\u202A+41\u00A079\u202F1234567\u202C",
        " +41791234567\t", "00 41 (0) 79 123 45 67"}) {
    EXPECT_EQ(read(typed, "CH"), "+41791234567 mobile") << typed;
  }
}

TEST(Phone, is_read_where_it_is_dialled) {
  EXPECT_EQ(read("06 12 34 56 78", "FR"), "+33612345678 mobile");
  EXPECT_EQ(read("06 12 34 56 78", "CH"), "+41612345678 fixed") << "a household in Basel";
  EXPECT_EQ(read("98 765 432", "TN"), "+21698765432 mobile");
  EXPECT_EQ(read("+216 (0)71 123 456", "CH"), "+21671123456 fixed") << "there is no 0 in Tunisia";
  EXPECT_EQ(read("+39 (0)6 6981 2345", "CH"), "+390669812345 fixed") << "in Italy the 0 is part of the number";
  EXPECT_EQ(read("00 41 79 123 45 67", "US"), "+41791234567 mobile")
      << "they dial 011, but who comes from here does not";
  EXPECT_EQ(read("07 991 123 456", "SD"),
            "is too long for a number of +249: after the country's code it needs 9 "
            "digits and has 10");
  EXPECT_EQ(read("+44 07911 123456", ""), "+447911123456 mobile") << "a prefix of home after the code is a mistake";
  EXPECT_EQ(read("+375 810 112 7462", ""), "+3758101127462 premium") << "…unless the number exists with it only";
  EXPECT_EQ(read("+1 201 555 0123", ""), "+12015550123 fixed_or_mobile");
  EXPECT_EQ(read_phone("+800 1234 5678", "")->region, "001");
  EXPECT_EQ(read_phone("+44 1481 234567", "")->region, "GG");
  EXPECT_EQ(read("+41 19 123 45 67", ""), "+41191234567 unknown") << "plans grow";
}

TEST(Phone, says_what_it_is) {
  EXPECT_EQ(read("0900 123 456", "CH"), "+41900123456 premium");
  EXPECT_EQ(read("0800 123 456", "CH"), "+41800123456 toll_free");
  EXPECT_EQ(read("0848 123 456", "CH"), "+41848123456 shared_cost");
  EXPECT_EQ(read("0899 12 34 56", "FR"), "+33899123456 premium");
}

TEST(Phone, that_is_none_says_what_is_wrong) {
  EXPECT_EQ(read("36105", "CH"),
            "is too short for a number of +41: after the country's code it needs 9 or 12 digits and has 5");
  EXPECT_EQ(read("079 123 45 67", ""), "lacks the country's code");
  EXPECT_EQ(read("EVAM", "CH"), "holds more than the digits of a telephone number");
  EXPECT_EQ(read("4.179E+10", "CH"), "holds more than the digits of a telephone number");
  EXPECT_EQ(read("+41 +79", "CH"), "has a + where none belongs: it stands once, at the beginning");
  EXPECT_EQ(read("+0791234567", "CH"), "has a 0 after the +, where the country's code belongs");
  EXPECT_EQ(read("+999 123 456", "CH"), "begins with the code of no country");
  EXPECT_EQ(read("፱፩፩", "ET"), "is written in Ethiopic numerals, which are not dialled");
  EXPECT_EQ(read("", "CH"), "holds no digits");
  EXPECT_EQ(read("+", "CH"), "holds no digits");
  EXPECT_EQ(read(std::string(30, '1'), "CH"), "has too many digits for a telephone number");
  EXPECT_EQ(read(std::string(300, ' ') + "1", "CH"), "is too long for a telephone number");
  EXPECT_EQ(read("079 123 45 67\xFF", "CH"), "holds more than the digits of a telephone number");
}

TEST(Phone, is_grouped_as_its_country_does) {
  EXPECT_EQ(for_people("+41791234567"), "+41 79 123 45 67");
  EXPECT_EQ(for_people("+33612345678"), "+33 6 12 34 56 78");
  EXPECT_EQ(for_people("+21698765432"), "+216 98 765 432");
  EXPECT_EQ(for_people("+999"), "+999");
  EXPECT_EQ(for_people(""), "");
}

TEST(Phone, is_told_from_the_names_that_other_gateways_give) {
  for (const char* typed : {"+41791234567", "+41 79 x", "0041 79", "079 123 45 67", " 0", "\u202A+41 79"})
    EXPECT_TRUE(looks_like_phone(typed)) << typed;
  for (const char* typed : {"12345", "0a", "user@example.org", ""}) EXPECT_FALSE(looks_like_phone(typed)) << typed;
}

TEST(DigitPattern, takes_the_first_alternative_that_leads_to_an_end) {
  const DigitPattern pattern("(1[2-4])?(?:5|56)(\\d{2,3})$|9");
  EXPECT_TRUE(pattern.whole("5678"));
  const auto match = pattern.beginning("135678");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->groups[0], "13");
  EXPECT_EQ(match->groups[1], "678");
  EXPECT_EQ(pattern.beginning("5600")->groups[0].data(), nullptr) << "took no part";
  EXPECT_EQ(pattern.beginning("97")->length, 1U);
  EXPECT_FALSE(pattern.whole("97"));
  EXPECT_FALSE(pattern.beginning("13567899"));
  EXPECT_TRUE(DigitPattern("").whole(""));
  for (const char* wrong : {"(1", "1)", "[1", "a", "1{2", "1{3,2}", "1*", "\\w", "[^1]"})
    EXPECT_THROW(DigitPattern{wrong}, std::logic_error) << wrong;
}

TEST(NumberingPlan, of_every_region_can_be_read) {
  std::size_t kinds = 0;
  for (const PlanText& text : numbering_plans()) {
    const auto plan = find_plan(text.id);
    ASSERT_TRUE(plan) << text.id;
    EXPECT_NE(plan->lengths, 0U) << text.id;
    ASSERT_TRUE(find_code(plan->code)) << text.id;
    for (const std::string_view pattern : {plan->number, plan->trunk, plan->away, plan->leading}) DigitPattern{pattern};
    for (const auto& kind : plan->kinds) DigitPattern{kind.pattern};
    for (const auto& format : plan->formats) {
      EXPECT_GT(DigitPattern{format.parts}.beginning("0123456789012345").value().count, 0U) << text.id;
      DigitPattern{format.leading};
    }
    kinds += plan->kinds.size();
  }
  EXPECT_GT(kinds, numbering_plans().size() * 3);
  EXPECT_FALSE(find_plan("ch"));
  EXPECT_FALSE(find_plan(""));
}

}  // namespace
}  // namespace passerelle
