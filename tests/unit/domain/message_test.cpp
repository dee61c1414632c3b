#include "domain/message.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace passerelle {
namespace {

constexpr Delivery all[] = {Delivery::queued, Delivery::sent,    Delivery::delivered, Delivery::read,
                            Delivery::failed, Delivery::expired, Delivery::stopped,   Delivery::uncertain};

TEST(Delivery, moves_only_where_the_design_allows_it) {
  using enum Delivery;
  const std::map<Delivery, std::set<Delivery>> table = {
      {queued, {sent, delivered, read, failed, expired, stopped, uncertain}},
      {uncertain, {queued, sent, delivered, read, failed}},
      {sent, {delivered, read, failed}},
      {delivered, {read}},
      {failed, {delivered}},
  };
  for (const Delivery from : all) {
    for (const Delivery to : all) {
      const bool expected = table.contains(from) && table.at(from).contains(to);
      EXPECT_EQ(allowed(from, to), expected) << to_string(from) << " to " << to_string(to);
    }
  }
}

TEST(Delivery, every_state_has_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (const Delivery state : all) {
    Delivery parsed = Delivery::queued;
    EXPECT_TRUE(parse_delivery(to_string(state), parsed));
    EXPECT_EQ(parsed, state);
    names.insert(to_string(state));
  }
  EXPECT_EQ(names.size(), std::size(all));
  Delivery untouched = Delivery::read;
  EXPECT_FALSE(parse_delivery("Sent", untouched));
  EXPECT_EQ(untouched, Delivery::read);
}

}  // namespace
}  // namespace passerelle
