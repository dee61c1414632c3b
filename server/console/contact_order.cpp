#include "console/contact_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/nearest.hpp"
#include "store/address.hpp"
#include "store/channel_order.hpp"
#include "store/contact.hpp"
#include "turns/left_order.hpp"

namespace passerelle::console {
namespace {

constexpr std::size_t most_addresses = 8;

}  // namespace

std::vector<std::string> channel_names(const Desk& desk) {
  std::vector<std::string> names;
  for (const auto& [name, facts] : desk.channels) names.push_back(name);
  return names;
}

result<std::vector<Address>> read_order(const std::vector<std::string>& words, const Telephony& telephony) {
  std::vector<Address> order;
  if (words == std::vector<std::string>{"none"}) return order;
  for (const std::string& word : words) {
    auto address = parse_address(word, telephony);
    if (!address) return Error{"'then': " + address.error().what, "then"};
    order.push_back(std::move(*address));
  }
  if (order.size() > most_addresses) return Error{"'then' has too many addresses", "then"};
  return order;
}

result<void> change_order(Desk& desk, AddressId first, const std::vector<Address>& then) {
  std::vector<AddressId> order{first};
  for (const Address& address : then) {
    if (!desk.channels.contains(address.channel)) {
      return Error{
          fmt::format("there is no channel '{}'; {}", address.channel, suggest(address.channel, channel_names(desk))),
          "then"};
    }
    const AddressId id = store::find_or_add_address(desk.transaction, address, desk.now);
    if (std::ranges::find(order, id) != order.end())
      return Error{fmt::format("{} stands there twice", console::to_string(address)), "then"};
    const auto other = store::channel_order(desk.transaction, id);
    if (!other.empty() && std::ranges::find(other, first) == other.end()) {
      return Error{fmt::format("{} belongs to another person: take it out there first, with --then none",
                               console::to_string(address)),
                   "then"};
    }
    order.push_back(id);
  }
  // Of the order that this one stands in, those before it stay before it.
  const std::vector<AddressId> known = store::channel_order(desk.transaction, first);
  std::vector<AddressId> before = known;
  before.erase(std::ranges::find(before, first), before.end());
  std::erase_if(before, [&](AddressId each) { return std::ranges::find(order, each) != order.end(); });
  order.insert(order.begin(), before.begin(), before.end());
  if (store::read_by_several(desk.transaction, order)) {
    return Error{
        "these addresses are read by several people, as far as is recorded: one is told there what is another's. Give "
        "an order to addresses of one person only, or record who reads them, with --readers own",
        "then"};
  }
  store::set_channel_order(desk.transaction, order, desk.now);
  for (const AddressId each : known) {
    if (std::ranges::find(order, each) == order.end()) turns::leave_order(desk.transaction, each, desk.now);
  }
  return {};
}

result<void> check_hidden(Desk& desk, AddressId address, const std::string& where) {
  std::vector<AddressId> order = store::channel_order(desk.transaction, address);
  if (order.empty()) order.push_back(address);
  std::optional<Address> discreet;
  std::optional<Address> shows;
  for (const AddressId id : order) {
    const auto each = store::find_address_of(desk.transaction, id);
    const auto channel = desk.channels.find(each->channel);
    if (store::load_contact(desk.transaction, id).discreet) discreet = each;
    if (channel != desk.channels.end() && turns::shows_us(channel->second, *each)) shows = each;
  }
  if (!discreet || !shows) return {};
  return Error{
      fmt::format("a message to {} shows who writes before it is opened, by our profile or our name as its sender, and "
                  "{} is to be discreet: keep them apart, and use a channel that shows a number only. To write nothing "
                  "there, record its consent as stopped. If our profile there says nothing of us, write "
                  "profile_names_us = false for the channel '{}'",
                  console::to_string(*shows), *shows == *discreet ? "it" : console::to_string(*discreet),
                  shows->channel),
      where};
}

boost::json::array order_after(Desk& desk, AddressId address) {
  boost::json::array then;
  for (const AddressId next : store::next_addresses(desk.transaction, address))
    then.emplace_back(to_string(*store::find_address_of(desk.transaction, next)));
  return then;
}

}  // namespace passerelle::console
