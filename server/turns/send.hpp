// What staff write themselves: words that leave only in the language somebody wrote them in (product.md, Words).
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "store/outbound_list.hpp"
#include "turns/channel_book.hpp"
#include "turns/content.hpp"
#include "turns/enqueue.hpp"

namespace passerelle::turns {

inline constexpr std::size_t longest_free_text = 1500;  // code points: under every SMS gateway's limit

struct FreeText {
  std::string text;
  Locale locale;  // that somebody wrote it in
  MessageClass message_class = MessageClass::notice;
  std::string cause = {};
  std::optional<TimePoint> not_after = {};
  // Also to somebody who reads another language: our phone number is added in theirs, where we know one to tell.
  bool any_language = false;
};

// The language in which this address is written to: one that its phone can show, the site's while theirs is not known.
Locale language_for(store::Transaction& transaction, const Content& content, AddressId address);

// As it will stand on the phone. An error is for the member of staff who asks: why these words may not go to this
// person, and what to do instead ('where' names the field). To a discreet contact nobody writes free words.
struct ReadyText {
  OwnMessage message;
  std::string text;
  Locale reads;  // the person's language; empty: not known
};
result<ReadyText> ready_text(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                             const Destination& to, const FreeText& given, TimePoint now);

// Queues it; what the rules hold waits in the queue. What they withhold opens a task "call_or_letter", whatever its
// class: staff wrote to one person, and must learn that it did not arrive.
Departed send_text(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                   const ReadyText& ready, TimePoint now);

// Sends a message again that staff have chosen. An error: its state, or what it was about, forbids it.
result<Departed> resend(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                        const store::ListedMessage& listed, TimePoint not_after, TimePoint now);

}  // namespace passerelle::turns
