// The conversation of an address: the row is the truth, sessions hold copies of it.
#pragma once

#include <optional>
#include <stdexcept>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/conversation.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

class UnreadableConversation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A blank conversation (version 0) for an address that has none. Throws UnreadableConversation.
Conversation load_conversation(Transaction& transaction, AddressId address);
std::uint64_t conversation_version(Transaction& transaction, AddressId address);  // 0: none
// What a copy must have in common with the row to be used. The version alone is not enough: after an older backup was
// restored, the same versions come again with other contents.
struct ConversationMark {
  std::uint64_t version = 0;
  TimePoint changed_at{};

  friend bool operator==(const ConversationMark&, const ConversationMark&) = default;
};
std::optional<ConversationMark> conversation_mark(Transaction& transaction, AddressId address);  // nothing: no row
// The stored text cannot be read: it is put aside as an event (for whoever mends it) and a new conversation takes its
// place, stopped, because what we cannot read may have been a STOP.
Conversation set_aside_conversation(Transaction& transaction, AddressId address, TimePoint now);
void save_conversation(Transaction& transaction, AddressId address, const Conversation& conversation, TimePoint now);

// Of a conversation that cannot be read: stopped.
Consent consent_of(Transaction& transaction, AddressId address);
// No wider than this from now on, and what waits goes with it, as at a STOP. 'by' is a word for the event. Nothing when
// it is as narrow already.
void narrow_consent(Transaction& transaction, AddressId address, Consent consent, const std::string& by, TimePoint now);
// The gateway tells that the person has stopped us there: the same as a STOP to us, which reaches what waits in the
// queue, too, and the address's twins (alias.hpp). Nothing when it is known already.
void record_opt_out(Transaction& transaction, AddressId address, TimePoint now);

}  // namespace passerelle::store
