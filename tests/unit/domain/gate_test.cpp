#include "domain/gate.hpp"

#include <gtest/gtest.h>

#include "base/zone.hpp"

namespace passerelle {
namespace {

constexpr const char* zone = "Europe/Zurich";

TimePoint at(const char* civil) { return to_instant(*parse_civil(civil), zone); }

const TimePoint noon = at("2027-03-10 12:00");
const TimePoint night = at("2027-03-10 23:30");

std::string told(const GateDecision& decision) {
  if (const auto* hold = std::get_if<Hold>(&decision))
    return "hold " + hold->why + " " + format_date(to_civil(hold->until, zone)) + " " +
           format_time(to_civil(hold->until, zone));
  if (const auto* withhold = std::get_if<Withhold>(&decision))
    return std::string(to_string(withhold->state)) + " " + withhold->why;
  return "pass";
}

std::string decide(MessageClass message_class, TimePoint now, const Contact& contact = {},
                   Consent consent = Consent::open, std::optional<TimePoint> not_after = {}) {
  return told(gate({message_class, false, false, not_after}, {consent, contact, zone}, now));
}

TEST(Gate, by_day_everything_leaves) {
  for (const auto each :
       {MessageClass::crisis, MessageClass::reply, MessageClass::reminder, MessageClass::shift, MessageClass::notice}) {
    EXPECT_EQ(decide(each, noon), "pass");
  }
}

TEST(Gate, quiet_hours_hold_until_eight_but_neither_a_crisis_nor_what_is_urgent) {
  EXPECT_EQ(decide(MessageClass::reminder, night), "hold quiet_hours 11.03.2027 08:00");
  EXPECT_EQ(decide(MessageClass::crisis, night), "pass");
  EXPECT_EQ(told(gate({MessageClass::notice, false, true, {}}, {Consent::open, Contact{}, zone}, night)), "pass");
}

TEST(Gate, quiet_hours_are_those_of_the_place_that_the_message_is_about) {
  const Departing reminder{MessageClass::reminder, false, false, {}};
  const Contact contact;
  EXPECT_EQ(told(gate(reminder, {Consent::open, contact, zone, "America/New_York"}, night)), "pass")
      << "half past five";
  EXPECT_EQ(told(gate(reminder, {Consent::open, contact, zone, "Asia/Tokyo"}, at("2027-03-10 13:00"))),
            "hold quiet_hours 11.03.2027 00:00");
}

TEST(Gate, an_answer_to_the_persons_own_message_leaves_at_any_hour_whatever_was_stopped) {
  const Contact discreet{Readers::own, true, SafeHours{std::chrono::hours(9), std::chrono::hours(10)}, true, ""};
  EXPECT_EQ(told(gate({MessageClass::reply, true, false, {}}, {Consent::stopped, discreet, zone}, night)), "pass");
}

TEST(Gate, not_after_goes_before_everything) {
  EXPECT_EQ(decide(MessageClass::crisis, noon, {}, Consent::open, noon), "expired not_after");
  EXPECT_EQ(told(gate({MessageClass::reply, true, false, noon}, {Consent::open, Contact{}, zone}, noon)),
            "expired not_after");
}

TEST(Gate, a_hold_that_would_outlast_the_message_withholds_it) {
  EXPECT_EQ(decide(MessageClass::reminder, night, {}, Consent::open, at("2027-03-11 08:00")), "expired quiet_hours");
  EXPECT_EQ(decide(MessageClass::reminder, night, {}, Consent::open, at("2027-03-11 08:01")),
            "hold quiet_hours 11.03.2027 08:00");
}

TEST(Gate, safe_hours_go_before_consent_and_urgency) {
  Contact contact;
  contact.safe_hours = SafeHours{std::chrono::hours(9), std::chrono::hours(11)};
  EXPECT_EQ(decide(MessageClass::crisis, noon, contact), "hold safe_hours 11.03.2027 09:00");
  EXPECT_EQ(decide(MessageClass::notice, noon, contact, Consent::stopped), "hold safe_hours 11.03.2027 09:00");
  EXPECT_EQ(decide(MessageClass::reminder, at("2027-03-10 09:00"), contact), "pass");
  EXPECT_EQ(decide(MessageClass::reminder, at("2027-03-10 11:00"), contact), "hold safe_hours 11.03.2027 09:00");
  EXPECT_EQ(decide(MessageClass::reminder, at("2027-03-27 12:00"), contact), "hold safe_hours 28.03.2027 09:00")
      << "the clock changes in between";
}

TEST(Gate, safe_hours_may_go_over_midnight) {
  Contact contact;
  contact.safe_hours = SafeHours{std::chrono::hours(22), std::chrono::hours(1)};
  EXPECT_TRUE(in_safe_hours(contact, zone, at("2027-03-10 23:30")));
  EXPECT_TRUE(in_safe_hours(contact, zone, at("2027-03-11 00:30")));
  EXPECT_FALSE(in_safe_hours(contact, zone, at("2027-03-11 01:00")));
  EXPECT_EQ(decide(MessageClass::crisis, night, contact), "pass");
  EXPECT_EQ(decide(MessageClass::reminder, night, contact), "pass") << "the hours that the person told go first";
  EXPECT_EQ(decide(MessageClass::reminder, noon, contact), "hold safe_hours 10.03.2027 22:00");
}

TEST(Gate, consent_holds_back_for_good) {
  EXPECT_EQ(decide(MessageClass::reminder, noon, {}, Consent::stopped), "stopped consent");
  EXPECT_EQ(decide(MessageClass::crisis, noon, {}, Consent::stopped), "pass") << "a danger to life";
  EXPECT_EQ(decide(MessageClass::reminder, noon, {}, Consent::reminders_only), "pass");
  EXPECT_EQ(decide(MessageClass::notice, noon, {}, Consent::reminders_only), "stopped consent");
  EXPECT_EQ(decide(MessageClass::shift, noon, {}, Consent::reminders_only), "stopped consent");
}

TEST(Gate, a_paused_contact_gets_nothing_that_we_start) {
  Contact contact;
  contact.paused = true;
  EXPECT_EQ(decide(MessageClass::reminder, noon, contact), "stopped paused");
  EXPECT_EQ(decide(MessageClass::crisis, noon, contact), "stopped paused");
}

}  // namespace
}  // namespace passerelle
