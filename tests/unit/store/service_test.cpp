#include "store/service.hpp"

#include <algorithm>

#include "domain/opening_text.hpp"
#include "unit/store/noun.hpp"

namespace passerelle::store {
namespace {

using Services = Noun;

Service kitchen(const std::string& ref = "kitchen") {
  Service made;
  made.ref = ref;
  made.name = "Cuisine du Pont";
  made.needs = {Need::food, Need::talk};
  made.languages = {"fr", "ti"};
  made.zone = "Europe/Zurich";
  made.opening.week = parse_week("mon-fri 11:30-13:30").value();
  made.expires = parse_day("2027-12-31");
  return made;
}

std::string refs(const std::vector<Service>& services) {
  std::string all;
  for (const Service& service : services) all += service.ref + " ";
  return all;
}

TEST_F(Services, are_found_by_need_by_ref_and_all_together) {
  in_transaction([](Transaction& transaction) {
    Service bed = kitchen("bed");
    bed.needs = {Need::sleep};
    EXPECT_EQ(keep_service(transaction, kitchen(), morning), Kept::added);
    EXPECT_EQ(keep_service(transaction, bed, morning), Kept::added);
    EXPECT_EQ(refs(find_services(transaction, Need::food)), "kitchen ");
    EXPECT_EQ(refs(find_services(transaction, Need::sleep)), "bed ");
    EXPECT_EQ(refs(find_services(transaction, Need::work)), "");
    EXPECT_EQ(refs(all_services(transaction)), "bed kitchen ");
    EXPECT_EQ(find_service(transaction, "kitchen"), kitchen());
    EXPECT_EQ(find_service(transaction, "Kitchen"), std::nullopt);
    EXPECT_EQ(count_services(transaction), 2);
  });
}

TEST_F(Services, are_replaced_by_ref_with_their_needs) {
  in_transaction([](Transaction& transaction) {
    keep_service(transaction, kitchen(), morning);
    EXPECT_EQ(keep_service(transaction, kitchen(), later), Kept::same);
    Service changed = kitchen();
    changed.needs = {Need::clothes};
    EXPECT_EQ(keep_service(transaction, changed, later), Kept::changed);
    EXPECT_EQ(refs(find_services(transaction, Need::food)), "");
    EXPECT_EQ(find_services(transaction, Need::clothes), std::vector{changed});
    EXPECT_EQ(count_services(transaction), 1);
  });
}

TEST_F(Services, are_removed_with_their_needs) {
  in_transaction([](Transaction& transaction) {
    keep_service(transaction, kitchen(), morning);
    EXPECT_TRUE(remove_service(transaction, "kitchen"));
    EXPECT_FALSE(remove_service(transaction, "kitchen"));
    EXPECT_EQ(refs(find_services(transaction, Need::food)), "");
    EXPECT_EQ(count_services(transaction), 0);
  });
}

TEST_F(Services, have_their_free_places_counted_by_staff) {
  in_transaction([](Transaction& transaction) {
    keep_service(transaction, kitchen(), morning);
    EXPECT_TRUE(set_free_places(transaction, "kitchen", 2, later));
    EXPECT_EQ(find_service(transaction, "kitchen")->free_places, 2);
    EXPECT_TRUE(set_free_places(transaction, "kitchen", std::nullopt, later));
    EXPECT_EQ(find_service(transaction, "kitchen"), kitchen());
    EXPECT_FALSE(set_free_places(transaction, "bed", 2, later));
  });
}

}  // namespace
}  // namespace passerelle::store
