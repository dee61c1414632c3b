#include "domain/service.hpp"

#include <gtest/gtest.h>

#include "domain/service_fields.hpp"
#include "support/directory.hpp"

namespace passerelle {
namespace {

const std::vector<std::string> phrasebook{"papers", "letter", "photo"};

Service filled() {
  Service made;
  for (const auto& [field, text] :
       std::initializer_list<std::pair<const char*, const char*>>{{"ref", "talk-valmoret"},
                                                                  {"name", "Écoute"},
                                                                  {"neutral_name", "Maison verte"},
                                                                  {"provider", "Association = Pont"},
                                                                  {"needs", "talk, other"},
                                                                  {"audience", "women, minors"},
                                                                  {"languages", "fr, fa-AF"},
                                                                  {"area", "Valmoret"},
                                                                  {"address", "Rue du Pont 3"},
                                                                  {"at", "47.36491, -7.25"},
                                                                  {"phone", "+33 3 53 01 00 12"},
                                                                  {"zone", "Europe/Zurich"},
                                                                  {"hours", "mon-fri 09:00-12:00; sat 20:00-08:00"},
                                                                  {"closed", "2027-12-25"},
                                                                  {"special", "2027-12-24 09:00-11:00"},
                                                                  {"cost", "free"},
                                                                  {"bring", "papers, photo"},
                                                                  {"sensitive", "yes"},
                                                                  {"free_places", "3"},
                                                                  {"source", "fiction"},
                                                                  {"owner", "Anne"},
                                                                  {"seen", "2027-01-15"},
                                                                  {"expires", "2027-12-31"}}) {
    const auto taken = set_field(made, field, text);
    EXPECT_TRUE(taken) << field << " " << to_string(taken.error());
    EXPECT_EQ(field_text(made, field), text);
  }
  return made;
}

std::string fault_of(const std::string& field, const std::string& text) {
  Service service = filled();
  if (const auto taken = set_field(service, field, text); !taken) {
    EXPECT_EQ(service, filled()) << "what cannot be read changes nothing";
    return taken.error().what;
  }
  const auto faults = check(service, phrasebook, "CH");
  return faults.empty() ? "none" : faults.front().field + ": " + faults.front().what;
}

TEST(Service, every_field_survives_being_kept) {
  const Service service = filled();
  EXPECT_EQ(service_fields().size(), 23U);
  EXPECT_EQ(load_service(save(service)), service);
  EXPECT_TRUE(check(service, phrasebook, "CH").empty());
  testing::DirectoryMaker maker(7);
  for (Service one : maker.services(300)) {
    one.opening = load_service(save(one)).opening;  // in the order in which it is written
    EXPECT_EQ(load_service(save(one)), one) << save(one);
  }
}

TEST(Service, a_kept_service_that_cannot_be_read_is_a_broken_world) {
  EXPECT_THROW(load_service("{"), std::runtime_error);
  EXPECT_THROW(load_service(R"({"ref":"a","colour":"red"})"), std::runtime_error);
  EXPECT_THROW(load_service(R"({"needs":"bread"})"), std::runtime_error);
}

TEST(Service, what_cannot_be_read_is_told_with_its_remedy) {
  EXPECT_EQ(fault_of("needs", "food, slep"), "there is no need 'slep'; did you mean 'sleep'?");
  EXPECT_EQ(fault_of("audience", "womens"), "there is no audience 'womens'; did you mean 'women'?");
  EXPECT_EQ(fault_of("languages", "fr, Arabic"), "'Arabic' is not a language: write codes, as fr, ar, fa-AF");
  EXPECT_EQ(fault_of("at", "47.36"), "'47.36' is no point on the map: write latitude and longitude, as 47.36, 7.34");
  EXPECT_EQ(fault_of("at", "97.36, 7.1"),
            "'97.36, 7.1' is no point on the map: write latitude and longitude, as 47.36, 7.34");
  EXPECT_EQ(fault_of("hours", "mon 9-12"),
            "'9-12' are not opening hours: write 08:30-11:30, or 24/7 for day and night");
  EXPECT_EQ(fault_of("closed", "Christmas"), "'Christmas' is not a day: write 2027-12-25");
  EXPECT_EQ(fault_of("cost", "gratis"), "there is no cost 'gratis'; one of: free, paid, ask");
  EXPECT_EQ(fault_of("sensitive", "maybe"), "cannot be 'maybe': write yes or no");
  EXPECT_EQ(fault_of("free_places", "-1"), "'-1' is not a number of places from 0 to 9999");
  EXPECT_EQ(fault_of("expires", "soon"), "'soon' is not a day: write 2027-12-31");
}

TEST(Service, what_is_missing_or_contradicts_is_told_with_its_remedy) {
  EXPECT_EQ(fault_of("ref", "a b"), "ref: must be letters, digits and - _ . @, at most 100: write food-valmoret");
  EXPECT_EQ(fault_of("name", ""), "name: is missing");
  EXPECT_EQ(fault_of("name", "two\nlines"),
            "name: holds a line break or another control character: write it in one line");
  EXPECT_EQ(fault_of("needs", ""),
            "needs: is missing; one of: food, sleep, doctor, papers, language_course, work, school, "
            "clothes, children, talk, other");
  EXPECT_EQ(fault_of("neutral_name", ""),
            "neutral_name: is missing: a sensitive service is always told by a neutral name");
  EXPECT_EQ(fault_of("sensitive", "no"), "sensitive: must be yes for a service of the need 'talk'");
  EXPECT_EQ(fault_of("bring", "paper"), "bring: there is no sentence for 'paper'; did you mean 'papers'?");
  EXPECT_EQ(fault_of("zone", "Europe/Berne"),
            "zone: there is no time zone 'Europe/Berne': write it as Europe/Zurich or Africa/Tunis");
  EXPECT_EQ(fault_of("phone", "call Anne"),
            "phone: 'call Anne' holds more than the digits of a telephone number: write +41 79 123 45 67");
  EXPECT_EQ(fault_of("phone", "147"), "none") << "short, and everybody can call it";
  EXPECT_EQ(fault_of("phone", "421 12 12"),
            "phone: '421 12 12' is too short for a number of +41: after the country's code it needs 9 or 12 digits and "
            "has 7: write +41 79 123 45 67");
  EXPECT_EQ(fault_of("hours", "24/7"),
            "hours: cannot be 24/7 where there are closed or special days: write mon-sun 00:00-24:00");
  EXPECT_EQ(fault_of("expires", "2026-12-31"), "expires: is before the day on which it was seen: check both");
  EXPECT_EQ(fault_of("owner", ""), "owner: is missing");
}

TEST(Service, is_told_by_its_neutral_name_where_it_has_one) {
  Service service = filled();
  EXPECT_EQ(told_name(service), "Maison verte");
  service.neutral_name.clear();
  EXPECT_EQ(told_name(service), "Écoute");
}

TEST(Service, day_and_night_is_open_and_never_closes) {
  Service service = filled();
  service.always = true;
  const TimePoint night = to_instant(parse_civil("2027-03-28 03:00").value(), "Europe/Zurich");
  EXPECT_TRUE(is_open(service, night));
  EXPECT_EQ(closes_at(service, night), std::nullopt);
  service.always = false;
  EXPECT_EQ(closes_at(service, night), to_instant(parse_civil("2027-03-28 08:00").value(), "Europe/Zurich"));
}

TEST(Service, a_language_is_spoken_in_each_of_its_forms) {
  const Service service = filled();
  EXPECT_TRUE(speaks(service, "fa"));
  EXPECT_TRUE(speaks(service, "fa-AF"));
  EXPECT_FALSE(speaks(service, "f"));
  EXPECT_FALSE(speaks(service, "ar"));
}

}  // namespace
}  // namespace passerelle
