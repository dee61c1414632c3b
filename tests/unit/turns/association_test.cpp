#include "turns/association.hpp"

#include <gtest/gtest.h>

#include "turns/content.hpp"

namespace passerelle::turns {
namespace {

const std::string sound = R"(name: Test
country: CH
languages: [fr]
places:
  - id: a
    name: Place
    phone: "+33353010001"
    zone: Europe/Zurich
    opening: {mon: ["08:30-11:30"]}
    source: fiction
    owner: nobody
    seen: "2026-11-22"
    expires: "2027-11-22"
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

std::string only_finding(const std::string& text) {
  Findings findings;
  read_association("association.yaml", text, findings);
  EXPECT_EQ(findings.size(), 1u) << text;
  return findings.empty() ? "" : to_string(findings.front());
}

TEST(Association, a_sound_file_has_no_findings) {
  Findings findings;
  const Association association = read_association("association.yaml", sound, findings);
  EXPECT_TRUE(findings.empty());
  ASSERT_EQ(association.places.size(), 1u);
  EXPECT_EQ(association.places[0].opening.week[0].size(), 1u);
}

TEST(Association, every_mistake_is_told_where_it_stands) {
  EXPECT_EQ(only_finding(replaced(sound, "country:", "contry: CH\ncountry:")),
            "association.yaml:2:1: there is no key 'contry' here; did you mean 'country'?");
  EXPECT_EQ(only_finding(replaced(sound, "Europe/Zurich", "Europe/Zürich")),
            "association.yaml:8:11: there is no time zone 'Europe/Zürich'; for example Europe/Zurich or Africa/Tunis");
  EXPECT_EQ(only_finding(replaced(sound, "08:30-11:30", "11:30-08:30")),
            "association.yaml:9:20: '11:30-08:30' are not opening hours; write \"08:30-11:30\"");
  EXPECT_EQ(only_finding(replaced(sound, "2027-11-22", "2027-13-22")),
            "association.yaml:13:14: '2027-13-22' is not a day; write 2027-06-30");
  EXPECT_EQ(only_finding(replaced(sound, "    owner: nobody\n", "")),
            "association.yaml:5:5: 'owner' is missing; add 'owner: …'");
  EXPECT_EQ(only_finding(replaced(sound, "country: CH\n", "country: CH\ncountry: FR\n")),
            "association.yaml:3:1: the key 'country' stands twice; keep one of them");
}

TEST(Association, special_days_and_hours_of_duty_belong_to_the_place) {
  Findings findings;
  const Association association = read_association("association.yaml",
                                                   replaced(sound, "    source:",
                                                            "    closed: [\"2027-12-24\"]\n"
                                                            "    special: {\"2027-12-24\": [\"09:00-11:00\"]}\n"
                                                            "    duty: {mon: [\"20:00-08:00\"], \"2027-12-27\": []}\n"
                                                            "    source:"),
                                                   findings);
  for (const Finding& finding : findings) ADD_FAILURE() << to_string(finding);
  const Place& place = association.places.at(0);
  const auto at = [](const char* civil) { return to_instant(parse_civil(civil).value(), "Europe/Zurich"); };
  EXPECT_TRUE(is_open(place, at("2027-12-24 10:00"))) << "its own hours beat the holiday";
  EXPECT_FALSE(is_open(place, at("2027-12-24 11:00")));
  EXPECT_TRUE(on_duty(place, at("2027-12-21 07:59"))) << "since Monday evening";
  EXPECT_FALSE(on_duty(place, at("2027-12-21 08:00")));
  EXPECT_FALSE(on_duty(place, at("2027-12-28 01:00"))) << "not after this Monday";
}

TEST(Association, mistakes_in_special_days_and_duty_are_told_where_they_stand) {
  const auto with = [](const std::string& line) { return replaced(sound, "    source:", line + "\n    source:"); };
  EXPECT_EQ(only_finding(with("    special: {\"2027-13-24\": [\"09:00-11:00\"]}")),
            "association.yaml:10:15: '2027-13-24' is not a day; write \"2027-12-24\"");
  EXPECT_EQ(only_finding(with("    special: [\"2027-12-24\"]")),
            "association.yaml:10:14: 'special' must name days; write \"2027-12-24\": [\"09:00-11:00\"]");
  EXPECT_EQ(only_finding(with("    duty: {mun: [\"09:00-11:00\"]}")),
            "association.yaml:10:12: there is no key 'mun' here; did you mean 'mon'?");
  EXPECT_EQ(only_finding(with("    duty: {mon: [\"9-11\"]}")),
            "association.yaml:10:17: '9-11' are not opening hours; write \"08:30-11:30\"");
}

TEST(Association, a_country_without_emergency_numbers_is_a_finding) {
  Findings findings;
  EXPECT_EQ(read_emergency_numbers("emergency.yaml", "countries:\n  CH: {numbers: \"117\"}\n", "XX", findings).numbers,
            "");
  EXPECT_EQ(findings.size(), 1u);
}

TEST(Association, a_folder_that_is_not_there_is_a_finding) {
  const LoadedContent loaded = load_content({"no/such/folder", {}, {}, SOURCE_DIR});
  EXPECT_FALSE(loaded.content);
  ASSERT_FALSE(loaded.findings.empty());
  EXPECT_NE(to_string(loaded.findings.front()).find("is not a folder"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::turns
