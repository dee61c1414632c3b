// The conversation that a turn begins from: the row's, or a copy of it that need not be read again.
#pragma once

#include <optional>

#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::turns {

// A conversation as it was saved at that time; its own version and the time must be the row's.
struct SessionCopy {
  Conversation conversation;
  TimePoint saved_at{};
};

struct CurrentConversation {
  Conversation conversation;
  bool copied = false;  // it is the copy
};

// One that cannot be read must not stand between a person and DANGER or STOP: it is set aside, staff get a task about
// 'inbound', and the person begins anew.
CurrentConversation current_conversation(store::Transaction& transaction, AddressId address, InboundId inbound,
                                         const std::optional<SessionCopy>& copy, TimePoint now);

}  // namespace passerelle::turns
