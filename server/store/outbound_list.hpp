// Messages that go out, as staff see them: what became of each, and why; and what waits before one that is still to
// come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ListedMessage {
  OutboundId id;
  std::string ref;
  AddressId address;
  Address to;
  std::string cause;
  Locale locale;
  std::string text;
  std::string gloss = {};  // the same in the site's language; empty: it is in it
  Encoding encoding = Encoding::gsm7;
  std::int64_t segments = 0;
  MessageClass message_class = MessageClass::reply;
  Delivery state = Delivery::queued;
  std::string why;  // of the state, or of the wait: a code, or empty
  TimePoint created{};
  TimePoint since{};                       // of the state
  std::optional<TimePoint> not_after;      // nothing: no end
  std::optional<TimePoint> next_at;        // while it is queued: not before then
  std::int64_t attempts = 0;               // since it was queued, or since its last part left
  std::int64_t requests = 1;               // that it takes: more than 1 where each part has one of its own
  std::int64_t requests_taken = 0;         // …by the gateway; only where there are several
  bool on_its_way = false;                 // a request for it, or the answer that carries it, is being made
  std::optional<Address> instead_of = {};  // where the same was to go, or went in vain
  std::string because = {};                // …and why it did not: a code
};

struct MessageFilter {
  std::vector<Delivery> states = {};      // empty: all
  std::optional<AddressId> address = {};  // nothing: all
  std::int64_t limit = 0;
};

// The newest first. Looks at the newest 100,000 messages only: it runs where turns run.
std::vector<ListedMessage> newest_messages(Transaction& transaction, const MessageFilter& filter);
std::optional<ListedMessage> find_message(Transaction& transaction, OutboundId message);
// Messages whose ref begins with 'ref', at most two: enough to know that it names one.
std::vector<OutboundId> messages_named(Transaction& transaction, const std::string& ref);

// The same in the site's language, for staff; empty: it is in it, or nobody wrote one.
std::string gloss_of(Transaction& transaction, OutboundId message);

// What the gateway said of a message, oldest first, the first 20: "sent", "failed 30003".
std::vector<std::string> receipts_of(Transaction& transaction, OutboundId message);

// What leaves a channel before a new message of this class.
struct Ahead {
  std::int64_t messages = 0;
  std::int64_t segments = 0;
};
Ahead waiting_ahead(Transaction& transaction, const std::string& channel, MessageClass message_class);

// What waits for an address, and what of it can no longer be stopped.
struct WaitingFor {
  std::int64_t messages = 0;
  std::int64_t on_their_way = 0;
};
WaitingFor waiting_for(Transaction& transaction, AddressId address);

// The texts that stand on this phone, or may: sent, delivered, read, uncertain, or on their way; the newest first, of
// the newest 200,000 messages.
struct TextOnPhone {
  TimePoint since{};
  Delivery state = Delivery::sent;
  std::string text;
  std::string gloss = {};  // the same in the site's language; empty: it is in it
};
std::vector<TextOnPhone> texts_on_phone(Transaction& transaction, AddressId address);

}  // namespace passerelle::store
