// The conversation of an address: the row is the truth, sessions hold copies of it.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// A blank conversation (version 0) for an address that has none. Throws when the stored text cannot be read.
Conversation load_conversation(Transaction& transaction, AddressId address);
std::uint64_t conversation_version(Transaction& transaction, AddressId address);  // 0: none
void save_conversation(Transaction& transaction, AddressId address, const Conversation& conversation, TimePoint now);

}  // namespace passerelle::store
