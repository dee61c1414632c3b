// What became of a message that leaves, asked by why it exists.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct OutboundState {
  OutboundId id;
  Delivery state = Delivery::queued;
  TimePoint since{};  // of the state
  std::string why;    // of the state, or of the wait: a code, or empty
};

// The same of the newest message with this cause: the one to the last address that was tried (turns/next_address.hpp).
std::optional<OutboundState> find_last_outbound(Transaction& transaction, const std::string& cause);
std::optional<OutboundState> find_outbound(Transaction& transaction, const std::string& cause);

// Whether a message whose cause begins with 'prefix' ("inv:12:0:") has left, or may have: one is on its way, or
// uncertain.
bool has_left(Transaction& transaction, const std::string& prefix);

}  // namespace passerelle::store
