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
  EXPECT_EQ(association.places[0].opening[0].size(), 1u);
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

TEST(Association, a_country_without_emergency_numbers_is_a_finding) {
  Findings findings;
  EXPECT_EQ(read_emergency_numbers("emergency.yaml", "countries:\n  CH: {numbers: \"117\"}\n", "XX", findings), "");
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
