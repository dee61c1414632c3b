// A conversation that can be worked with, also when its row cannot be read.
#pragma once

#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::turns {

// One that cannot be read counts as stopped, as the gate will say, and a task "stuck" lets somebody look at it.
Conversation readable_conversation(store::Transaction& transaction, AddressId address, TimePoint now);

}  // namespace passerelle::turns
