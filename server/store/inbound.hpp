// Messages that came in. Remembered once, whatever the gateway repeats.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct Remembered {
  InboundId id;
  AddressId address;
  bool repeated = false;                            // it was there already: take no second turn
  bool has_contact = true, has_invitations = true;  // of the address, as in address.hpp
};

// As processed: nobody sees the row before COMMIT, and the turn that fails in this transaction says that it is stuck.
// Writing the row once and not twice is worth it, as every message comes through here.
Remembered remember(Transaction& transaction, const InboundMessage& message, TimePoint now);
// A message that was stuck has been taken again.
void mark_processed(Transaction& transaction, InboundId inbound, TimePoint now);
// The turn failed: a person will read the message. 'why' is for the operator and holds no text of the person.
void mark_stuck(Transaction& transaction, InboundId inbound, const std::string& why, TimePoint now);

// Messages over which a turn stumbled and that belong to an open task "stuck", oldest first: to be taken again.
struct StuckInbound {
  InboundId id;
  AddressId address;
  InboundMessage message;
};
std::vector<StuckInbound> stuck_inbound(Transaction& transaction, TaskId task, std::int64_t limit);

struct InboundCounts {
  std::int64_t total = 0, processed = 0, stuck = 0;
};
InboundCounts count_inbound(Transaction& transaction);

}  // namespace passerelle::store
