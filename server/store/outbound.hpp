// Messages that go out, and their parts. Only turns::enqueue calls insert_outbound.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

enum class Via { api, inline_reply };

// How and when a new message leaves.
struct Departure {
  Via via = Via::api;
  std::optional<TimePoint> leased_until = {};  // of an inline reply: how long its answer may take to be written
  std::optional<TimePoint> not_before = {};    // of the others: held until then; nothing: at once
  std::string why = {};                        // of the hold: "quiet_hours", "monthly_cap"
  AddressId instead_of = {};                   // where the same was to go, or went in vain; none: here
  std::string because = {};                    // …and why it does not: "failed", "receipt_stalled", "channel_silent"
};
inline Departure inline_until(TimePoint end) { return {Via::inline_reply, end, {}, {}}; }

// Fails (throws) on a second message with the same cause. Fills in 'id'. outbox sends what is not an inline reply; a
// message that has no not_after waits for ever.
void insert_outbound(Transaction& transaction, AddressId address, OutboundMessage& message, const Departure& departure,
                     TimePoint now);
bool has_outbound(Transaction& transaction, const std::string& cause);
// The inline replies that answered an inbound message, in order: the same rows give the same bytes.
std::vector<OutboundMessage> inline_replies_of(Transaction& transaction, InboundId inbound);
// Where inline replies wait to be confirmed: behind the id in the table confirmed_replies, which is moved on every few
// thousand of them. No index holds them, since each would go in and out of it in a moment; a start looks at what is
// behind that id, in which a reply that nobody has confirmed for five minutes stays as uncertain.
//
// The inline reply was written to the gateway's socket: queued becomes sent, and so does what a restart had left
// uncertain and a repeated webhook has fetched. Others stay as they are.
void mark_inline_sent(Transaction& transaction, const std::vector<OutboundId>& messages, TimePoint now);
// The answer could not be written, or too late for the gateway: queued becomes uncertain, never re-sent by machine.
void mark_inline_uncertain(Transaction& transaction, const std::vector<OutboundId>& messages, TimePoint now);
// At start every lease is void: inline replies of an earlier run that were not marked sent become uncertain. How many.
std::int64_t void_inline_leases(Transaction& transaction, TimePoint now);
// A delivery receipt: the move is made if allowed (domain/message.hpp) and recorded in any case. True when made.
bool record_receipt(Transaction& transaction, const Receipt& receipt, const std::string& channel, TimePoint now);

struct OutboundCounts {
  std::int64_t total = 0, queued = 0, sent = 0, uncertain = 0;
};
OutboundCounts count_outbound(Transaction& transaction);

}  // namespace passerelle::store
