// When a message will not arrive, somebody must reach the person in another way.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// Opens a task "call_or_letter"; of a discreet contact "private", because neither a call nor a letter is safe there
// before somebody has looked. 'inbound' is the message that it is about, if any.
void reach_otherwise(Transaction& transaction, AddressId address, InboundId inbound, TimePoint now);

// Kind of a due row, of a message that failed and whose person may have another address: turns/next_address.hpp.
inline constexpr const char* undelivered_due = "undelivered";

// The same for the address of a message. One that we started, and that failed, waits for that row where staff have
// recorded an order of addresses. For others the task opens,
// but not for a notice: those have their delivery board.
void tell_undelivered(Transaction& transaction, OutboundId message, TimePoint now);

}  // namespace passerelle::store
