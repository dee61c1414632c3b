// Addresses: (channel, user) is unique and opaque.
#pragma once

#include <optional>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/address.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

AddressId find_address(Transaction& transaction, const Address& address);  // none: we never heard of it
std::optional<Address> find_address_of(Transaction& transaction, AddressId id);
AddressId find_or_add_address(Transaction& transaction, const Address& address, TimePoint now);

}  // namespace passerelle::store
