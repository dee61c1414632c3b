// The one gate that every outgoing message passes: renders, counts the segments, inserts the rows.
// The only caller of language::render and of store::insert_outbound.
#pragma once

#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/message.hpp"
#include "store/outbound.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct Destination {
  AddressId id;
  Address address;
};

// The sentences of one turn as they will stand on the phone. 'latin_line_told' of the conversation is set when the
// line for phones without our letters was added. Sentences that need an unknown or expired fact are left out.
std::vector<std::string> compose(const Content& content, const std::vector<dialog::SayEffect>& says,
                                 const Locale& reply_in, Conversation& conversation, TimePoint now);

// Queues the texts as inline replies to an inbound message, with the causes in:<inbound>:<n>.
std::vector<OutboundMessage> enqueue_replies(store::Transaction& transaction, const Destination& to, InboundId inbound,
                                             const Locale& locale, const std::vector<std::string>& texts,
                                             TimePoint now);

}  // namespace passerelle::turns
