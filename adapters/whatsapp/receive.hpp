// The JSON of WhatsApp's webhooks, whose signature has been verified, as our events.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::whatsapp {

// Which of the numbers that share an app's webhook is ours, and where its media are.
struct Line {
  std::string channel;
  std::string phone_number_id;
  std::string media_url;  // "https://graph.facebook.com/v25.0/": a media id is appended to it
};

// All messages and statuses of all entries and changes: Meta batches them, and mixes both. What belongs to another
// number, and what is of no use to us, is counted as ignored: anything but a 200 would bring the whole batch again.
Webhook read_body(const Line& line, std::string_view body, TimePoint now);

}  // namespace passerelle::adapters::whatsapp
