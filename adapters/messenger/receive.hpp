// The JSON of Messenger's webhooks, whose signature has been verified, as our events.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/reach.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::messenger {

struct Page {
  std::string channel;
  std::string id;
  std::string get_started;  // the payload of the button with which everybody begins
};

// Where attachments are: Meta's own hosts for files, whose addresses need no token.
Reach media_reach(const std::string& api_url);

// All events of all entries: Meta batches them, those of several pages too. What is for another page and what is of no
// use to us is counted as ignored: anything but a 200 would bring the whole batch again.
//
// A delivery names messages by their ids, each of which becomes a receipt. Its watermark, and that of a read event,
// means "all that was sent before this moment of Meta's clock". A Receipt names one message, and we know of our
// messages only when *our* clock saw them taken: what a watermark covers would be a guess, and "delivered" is never
// guessed. Watermarks are ignored.
Webhook read_body(const Page& page, std::string_view body, TimePoint now);

}  // namespace passerelle::adapters::messenger
