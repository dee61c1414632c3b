// One message that came in, from the row that remembers it to the rows that answer it, inside the writer's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "domain/phone_address.hpp"
#include "domain/reading.hpp"
#include "store/transaction.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"
#include "turns/current_conversation.hpp"

namespace passerelle::turns {

// Who wrote, as the address tells: that walks through the patterns of telephone numbers, and the writer's thread has no
// time for it.
struct Author {
  Sender sender = Sender::person;
  std::string country;  // "FR"; empty: not known
};
Author author_of(const Address& address, bool telephones, const std::string& home);

struct Arrival {
  const InboundMessage& message;
  const Reading& reading;
  std::optional<SessionCopy> copy;  // used only when it is the row's
  bool muted = false;               // the sender floods: stored, not answered, shown to staff (never for DANGER)
  ChannelFacts channel = {};
  bool by_webhook = true;             // its answer may carry the replies; a message that we fetched has no such answer
  std::optional<Author> author = {};  // where somebody has looked already
};

struct TakenIn {
  InboundId inbound;
  bool repeated = false;                     // answered from the stored rows, no second turn
  bool stuck = false;                        // the turn failed: a person will read the message
  std::vector<OutboundMessage> replies;      // in order; those that travel inline, if any do
  std::optional<Conversation> conversation;  // after the turn; none when repeated, muted or stuck
  bool used_copy = false;                    // the turn began from the arrival's copy
  std::vector<dialog::Taken> ways = {};      // that the dialogs took, for the coverage of transcripts
  std::vector<dialog::SayEffect> says = {};  // of the turn, as they were rendered: for whoever tells it by its keys
};

TakenIn take_in(store::Transaction& transaction, const Content& content, const Arrival& arrival, TimePoint now);

// Takes the turn of a message over which the first one stumbled. Its replies leave on our own account (by_webhook is
// false); when it stumbles again, nothing is said a second time.
TakenIn take_again(store::Transaction& transaction, const Content& content, const Arrival& arrival, InboundId inbound,
                   AddressId address, TimePoint now);

}  // namespace passerelle::turns
