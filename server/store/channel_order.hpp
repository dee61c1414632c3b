// A person's addresses in the order in which they are tried, as staff recorded it: what cannot be told to one of them
// may be told to the next.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// All of them, the first one first; empty when none is recorded of this address. An address stands in one order only.
std::vector<AddressId> channel_order(Transaction& transaction, AddressId address);
std::vector<AddressId> next_addresses(Transaction& transaction, AddressId address);  // those after this one

// Whether more than one person reads these addresses, as far as staff have recorded: two names, or a shared phone. The
// last one may be shared, because nothing goes on from there.
bool read_by_several(Transaction& transaction, const std::vector<AddressId>& order);

// In place of the order that the first one stands in. With fewer than two nothing is left of that. None of the others
// may stand in another order.
void set_channel_order(Transaction& transaction, const std::vector<AddressId>& addresses, TimePoint now);

// What waits for this address and was to go to another one first is stopped, as stop_outbound_to() of outbox.hpp does.
void stop_gone_on_to(Transaction& transaction, AddressId address, const std::string& why, TimePoint now);

}  // namespace passerelle::store
