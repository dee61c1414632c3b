// When a message will not arrive, somebody must call or write a letter.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// Opens a task "call_or_letter" for the message's address, but not for a notice: those have their delivery board.
void tell_undelivered(Transaction& transaction, OutboundId message, TimePoint now);

}  // namespace passerelle::store
