#include "domain/phone_address.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

std::string address(std::string_view typed, std::string_view country) {
  const auto number = address_number(typed, country, "+41791234567");
  return number ? *number : number.error().what;
}

TEST(PhoneAddress, is_international_or_plainly_a_mobile_of_the_country) {
  EXPECT_EQ(address("+41 79 123 45 67", "TN"), "+41791234567");
  EXPECT_EQ(address("0041 (0)79 123 45 67", "CH"), "+41791234567");
  EXPECT_EQ(address("079 123 45 67", "CH"), "+41791234567");
  EXPECT_EQ(address("06 12 34 56 78", "FR"), "+33612345678");
  EXPECT_EQ(address("98 765 432", "TN"), "+21698765432");
}

TEST(PhoneAddress, is_not_guessed_where_it_could_be_somebody_elses) {
  const std::string refused = "lacks the country's code, and could be another country's number: write +41791234567";
  EXPECT_EQ(address("06 12 34 56 78", "CH"), refused) << "a mobile in France, a household in Basel";
  EXPECT_EQ(address("791234567", "CH"), refused) << "a spreadsheet has eaten the 0, or more";
  EXPECT_EQ(address("41791234567", "CH"), refused);
  EXPECT_EQ(address("71 123 456", "TN"), refused);
  EXPECT_EQ(address("079 123 45 67", ""), "lacks the country's code: write +41791234567");
  EXPECT_EQ(address("4.179E+10", "CH"), "holds more than the digits of a telephone number: write +41791234567");
  EXPECT_EQ(
      address("+123456", "CH"),
      "is too short for a number of +1: after the country's code it needs 10 digits and has 5: write +41791234567");
}

TEST(PhoneAddress, of_a_number_to_call_may_be_short) {
  for (const char* typed : {"147", "117", "0848 123 456", "032 421 12 12", "+33 3 53 01 00 12"})
    EXPECT_TRUE(check_callable(typed, "CH")) << typed;
  for (const char* typed : {"1", "call Anne", "421 12 12", "+41 32 421", ""})
    EXPECT_FALSE(check_callable(typed, "CH")) << typed;
}

TEST(PhoneAddress, tells_machines_from_people) {
  for (const char* user : {"+41791234567", "0791234567", "+21698765432", "41791234567", "whatsapp:+41791234567",
                           "messenger:EVAM", "1234567890123"})
    EXPECT_EQ(sender_of(user, "CH"), Sender::person) << user;
  for (const char* user : {"36105", "+36105", "117", "٣٦١٠٥"})
    EXPECT_EQ(sender_of(user, "FR"), Sender::short_code) << user;
  for (const char* user : {"EVAM", "anonymous", "La Poste", "Info24h", "a@example.org", "", "+41 79 EVAM", "ሰላም"})
    EXPECT_EQ(sender_of(user, "CH"), Sender::name) << user;
  for (const char* user : {"+41900123456", "0900123456", "+33899123456"})
    EXPECT_EQ(sender_of(user, "CH"), Sender::premium) << user;
  EXPECT_EQ(why_not_written_to(Sender::person), "");
  EXPECT_NE(why_not_written_to(Sender::short_code), "");
}

TEST(PhoneAddress, is_the_same_whichever_way_its_gateway_writes_it) {
  const auto address = [](const char* user) { return read_sender(user, "CH").address; };
  for (const char* user : {"+41791234567", "0041791234567", "0791234567", "41791234567", "791234567"})
    EXPECT_EQ(address(user), "+41791234567") << user;
  EXPECT_EQ(address("+358 56874"), "+35856874");
  EXPECT_EQ(address("+3580056874"), "+3580056874") << "not +358056874: that is somebody else";
  for (const char* user : {"EVAM", "36105", "whatsapp:0041791234567", "1234567890123", "+999123456", "0191234567"})
    EXPECT_EQ(address(user), user) << "nothing is made of what is not plainly a number";
}

TEST(PhoneAddress, read_at_once_is_what_its_parts_tell) {
  for (const char* user : {"+41791234567",
                           "0041791234567",
                           "0791234567",
                           "+21698765432",
                           "whatsapp:+41791234567",
                           "messenger:EVAM",
                           "36105",
                           "+36105",
                           "٣٦١٠٥",
                           "EVAM",
                           "",
                           "+41 79 EVAM",
                           "+41900123456",
                           "0900123456",
                           "+33899123456",
                           "+14165550123",
                           "+15105550100",
                           "+7 701 234 56 78",
                           "+79161234567",
                           "+358 56874",
                           "+3580056874",
                           "+80012345678",
                           "+999123456",
                           "0191234567",
                           "+",
                           "+1",
                           "00431234",
                           "0043 1234",
                           "0049 1234",
                           "0041 800 800 800"}) {
    for (const char* home : {"CH", "FR", "TN", "US", ""}) {
      const PhoneSender read = read_sender(user, home);
      EXPECT_EQ(read.sender, sender_of(read.address, home)) << user << " " << home;
      EXPECT_EQ(read.country, country_of(read.address)) << user << " " << home;
    }
  }
}

TEST(PhoneAddress, tells_its_country) {
  EXPECT_EQ(country_of("+33612345678"), "FR");
  EXPECT_EQ(country_of("whatsapp:+21698765432"), "TN");
  for (const char* user : {"0612345678", "EVAM", "12345", "+80012345678", ""}) EXPECT_EQ(country_of(user), "") << user;
}

}  // namespace
}  // namespace passerelle
