#include "domain/approved_text.hpp"

#include <gtest/gtest.h>

namespace passerelle {
namespace {

using Names = std::vector<std::string>;

ApprovedText text(const std::string& body, Names places) {
  ApprovedText made;
  made.body = body;
  made.places = std::move(places);
  return made;
}

TEST(ApprovedTexts, names_between_braces_are_its_places) {
  EXPECT_EQ(places_in("Rendez-vous: {when}, {site_name}. {when}"), (Names{"when", "site_name"}));
  EXPECT_EQ(places_in("1 = oui"), Names{});
  EXPECT_EQ(places_in("{{1}}"), Names{"{1"}) << "the gateway's own spelling is no name of ours";
  EXPECT_EQ(places_in("{when"), Names{});
}

TEST(ApprovedTexts, each_place_gets_its_own_value_and_values_are_never_read_again) {
  const ApprovedText two = text("{with}: {when}. {with}!", {"when", "with"});
  EXPECT_EQ(filled_in(two, {"28.03.2027", "{when}"}), "{when}: 28.03.2027. {when}!");
  EXPECT_EQ(filled_in(text("{when", {"when"}), {"x"}), "{when");
}

}  // namespace
}  // namespace passerelle
