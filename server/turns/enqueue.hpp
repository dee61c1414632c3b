// The one gate that every outgoing message passes: counts the segments and their cost, asks the rules, inserts the
// rows. The only caller of store::insert_outbound.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/gate.hpp"
#include "domain/message.hpp"
#include "store/outbound.hpp"
#include "store/outbox.hpp"
#include "turns/channel_book.hpp"
#include "turns/compose.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct Destination {
  AddressId id;
  Address address;
};

// Queues the texts as replies to an inbound message, with the causes in:<inbound>:<n>: inline where the road allows it.
struct ReplyRoad {
  store::Via via = store::Via::inline_reply;
  const ChannelFacts& channel;
  bool crisis = false;  // an answer to a cry for help goes before all others, whatever it costs
  bool again = false;   // of a turn that is taken again: the causes are in:<inbound>:again:<n>
  std::chrono::seconds lasts = std::chrono::hours(24);  // by the API: what comes later answers nothing any more
};
std::vector<OutboundMessage> enqueue_replies(store::Transaction& transaction, const Content& content,
                                             const Destination& to, InboundId inbound, const Locale& locale,
                                             const Texts& texts, const ReplyRoad& road, TimePoint now);

// A message that we start.
struct OwnMessage {
  Destination to;
  std::string cause;  // of the first text; the others get ":1", ":2"…
  Locale locale;
  Departing departing;
  std::string zone = {};      // of the place that it is about: its quiet hours count; empty: the association's
  AddressId instead_of = {};  // the person's address where the same was to go, or went in vain
  std::string because = {};   // …and why
};

// Queued; or held, in which case nothing was inserted unless 'insert_held'; or withheld for good, with a task
// "call_or_letter" and an event that keeps the reason. A cause that was there already is "repeated" and does nothing.
struct Departed {
  enum class Kind { queued, held, withheld, repeated };
  Kind kind = Kind::queued;
  std::string why = {};
  std::optional<TimePoint> until = {};
  std::vector<OutboundId> messages = {};
  std::vector<dialog::Taken> ways = {};  // that the dialog took which wrote it, for the coverage of transcripts
};
Departed enqueue_own(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                     const OwnMessage& message, const Texts& texts, bool insert_held, TimePoint now);

// What enqueue_own would be allowed, with nothing written; of a channel that sends.
GateDecision foresee(store::Transaction& transaction, const Content& content, const ChannelFacts& channel,
                     const OwnMessage& message, const Texts& texts, TimePoint now);
// Staff send a message again that is uncertain, failed or expired, by the rules of now: queued, held in the queue, or
// withheld, which leaves it as it is. It costs a second time, since the gateway may charge both.
Departed enqueue_again(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                       const OwnMessage& message, OutboundId row, const std::string& text, TimePoint now);

// Asked again right before one of our own messages leaves, because hours may have passed in the queue: what the rules
// hold is put back, what they withhold is taken back. Replies and crises, and the rest of a message in parts, just
// leave.
bool may_leave(store::Transaction& transaction, const Content& content, const store::Taken& taken, TimePoint now);

// Withheld where no person can be reached: a short code, a sender's name, a number that costs whoever writes to it.
inline constexpr const char* why_no_person = "no_person";
inline constexpr const char* why_country = "country";
// Withheld where staff drain the channel.
inline constexpr const char* why_drained = "drained";
// Kind of a due row, of a message whose gateway should have told by then what became of it (next_address.hpp).
inline constexpr const char* receipt_due = "receipt_late";
// The month under which spending counts: "2027-03" by the association's clock.
std::string spending_month(const Content& content, TimePoint now);

// What texts cost before they are sent: segments, and money where the channel has a price; it may depend on the
// country.
struct Cost {
  Encoding encoding = Encoding::gsm7;  // of the dearest text
  std::int64_t segments = 0;
  Money money;
};
Cost cost_of(const Texts& texts, const ChannelPolicy& policy, const Address& to);

}  // namespace passerelle::turns
