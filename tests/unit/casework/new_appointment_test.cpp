#include "casework/new_appointment.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace passerelle::casework {
namespace {

Association association() {
  Association made;
  made.languages = {"fr", "ar", "fa-AF"};
  for (const auto& [id, zone] : {std::pair("delemont", "Europe/Zurich"), std::pair("tunis", "Africa/Tunis")}) {
    Place place;
    place.id = id;
    place.zone = zone;
    made.places.push_back(place);
  }
  return made;
}

const TimePoint now = to_instant(parse_civil("2027-03-20 10:00").value(), "Europe/Zurich");

NewAppointment sound() {
  NewAppointment made;
  made.to = {"sms", "+41791234567"};
  made.at = parse_civil("2027-03-28 14:30").value();
  return made;
}

std::string errors_of(NewAppointment appointment, std::vector<std::string> channels = {"sms", "kannel"}) {
  const Association speaks = association();
  std::string text;
  for (const FieldError& error : complete(appointment, {speaks, channels, {"papers", "letter"}}, now)) {
    text += error.field + ": " + error.what + "\n";
  }
  return text;
}

NewAppointment completed(NewAppointment appointment, std::vector<std::string> channels = {"sms", "kannel"}) {
  const Association speaks = association();
  EXPECT_TRUE(complete(appointment, {speaks, channels, {"papers", "letter"}}, now).empty());
  return appointment;
}

NewAppointment with(const std::function<void(NewAppointment&)>& change) {
  NewAppointment made = sound();
  change(made);
  return made;
}

TEST(NewAppointment, has_the_zone_of_its_place_or_else_of_the_main_place) {
  EXPECT_EQ(completed(sound()).zone, "Europe/Zurich");
  EXPECT_EQ(completed(with([](auto& one) { one.place = "tunis"; })).zone, "Africa/Tunis");
  EXPECT_EQ(completed(with([](auto& one) { one.zone = "Asia/Kabul"; })).zone, "Asia/Kabul") << "without a place";
}

TEST(NewAppointment, goes_to_the_only_channel_when_none_is_named) {
  const NewAppointment unnamed = with([](auto& one) { one.to.channel.clear(); });
  EXPECT_EQ(completed(unnamed, {"kannel"}).to.channel, "kannel");
  EXPECT_EQ(errors_of(unnamed), "channel: is missing; one of: sms, kannel\n");
}

TEST(NewAppointment, asks_for_each_thing_once) {
  EXPECT_EQ(completed(with([](auto& one) { one.bring = {"papers", "letter", "papers"}; })).bring,
            (std::vector<std::string>{"papers", "letter"}));
}

TEST(NewAppointment, knows_only_what_the_association_has) {
  EXPECT_EQ(errors_of(with([](auto& one) { one.to.channel = "smss"; })),
            "channel: there is no channel 'smss'; did you mean 'sms'?\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.language = "fa"; })),
            "language: the association does not speak 'fa'; did you mean 'fr'?\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.place = "delemnt"; })),
            "place: there is no place 'delemnt'; did you mean 'delemont'?\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.bring = {"paper"}; })),
            "bring: there is no sentence for 'paper'; did you mean 'papers'?\n");
}

TEST(NewAppointment, is_read_by_the_clock_of_its_place_alone) {
  EXPECT_EQ(errors_of(with([](auto& one) { one.zone = "Zurich"; })),
            "zone: there is no time zone 'Zurich': write it as Europe/Zurich or Africa/Tunis\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.place = "tunis", one.zone = "Europe/Zurich"; })),
            "zone: the clock of 'tunis' is Africa/Tunis: leave the zone out\n");
}

TEST(NewAppointment, of_an_association_without_places_names_its_zone) {
  const Association nowhere;
  NewAppointment one = sound();
  one.place = "delemont";
  auto errors = complete(one, {nowhere, {"sms"}, {}}, now);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0], (FieldError{"place", "the association has no places: leave it out"}));
  one.place.clear();
  errors = complete(one, {nowhere, {"sms"}, {}}, now);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0], (FieldError{"zone", "is missing: write Europe/Zurich or Africa/Tunis"}));
  one.zone = "Africa/Tunis";
  EXPECT_TRUE(complete(one, {nowhere, {"sms"}, {}}, now).empty());
}

TEST(NewAppointment, is_still_to_come_and_in_years_whose_clocks_are_known) {
  const auto on = [](std::string_view civil) { return with([&](auto& one) { one.at = parse_civil(civil).value(); }); };
  EXPECT_EQ(errors_of(on("2027-03-20 10:00")), "at: 20.03.2027 10:00 is past: write a day and a time to come\n");
  EXPECT_EQ(errors_of(on("2027-03-20 10:01")), "");
  EXPECT_EQ(errors_of(on("2037-12-31 10:00")), "");
  EXPECT_EQ(errors_of(on("2072-03-28 14:30")),
            "at: 28.03.2072 14:30 is too far ahead for a clock to be known: check the year\n");
}

TEST(NewAppointment, tells_one_short_line_of_each_name) {
  EXPECT_EQ(errors_of(with([](auto& one) { one.with = "Anne\nBob"; })),
            "with: holds a line break or what is no text: write one line\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.name = std::string(101, 'x'); })),
            "name: is longer than 100 bytes: shorten it\n");
  EXPECT_EQ(errors_of(with([](auto& one) { one.to.user = ""; })), "to: is missing: write sms:+41791234567\n");
}

TEST(NewAppointment, is_told_all_its_errors_at_once) {
  NewAppointment wrong;
  wrong.zone = "x";
  EXPECT_EQ(errors_of(wrong),
            "channel: is missing; one of: sms, kannel\n"
            "to: is missing: write sms:+41791234567\n"
            "zone: there is no time zone 'x': write it as Europe/Zurich or Africa/Tunis\n");
}

}  // namespace
}  // namespace passerelle::casework
