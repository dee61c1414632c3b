// Addresses: (channel, user) is unique and opaque.
#pragma once

#include <optional>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// By its own name, or another one of the same account (alias.hpp). None: we never heard of it.
AddressId find_address(Transaction& transaction, const Address& address);
std::optional<Address> find_address_of(Transaction& transaction, AddressId id);
// When a person last wrote from there, by the gateway's clock; nothing: never.
std::optional<TimePoint> last_heard(Transaction& transaction, AddressId address);
void set_heard(Transaction& transaction, AddressId address,
               TimePoint at);  // what is earlier than known changes nothing
AddressId find_or_add_address(Transaction& transaction, const Address& address, TimePoint now);
// The same, of whom we hear at that moment. What is known is less than a minute older than the truth, and never newer:
// whoever writes several messages in a minute has the row of their address written once.
struct HeardFrom {
  AddressId id;
  // false: there certainly is none. Found with the address, since most have none and every turn asks.
  bool has_contact = true;
  bool has_invitations = true;
};
HeardFrom find_or_add_heard(Transaction& transaction, const Address& address, TimePoint at, TimePoint now);

}  // namespace passerelle::store
