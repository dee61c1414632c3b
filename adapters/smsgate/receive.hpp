// What the phone calls us with: texts of people, and what became of ours. The signature has been verified. docs:
// "Webhooks" and "MMS Support" of docs.sms-gate.app; the shapes were read in the app's source.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::smsgate {

// What the decoder must know of its channel.
struct Inbox {
  std::string channel;
  std::string api_url;  // where the app keeps attachments
};

// Rejected is only what is no JSON object: the phone would bring everything else again for two days, in vain.
Webhook decode(const Inbox& inbox, std::string_view body, TimePoint now);

// The phone's own ids of a text are not of use: one is made anew for each webhook that is registered, the other is a
// hash of 32 bits. This one is the same in a repeat, in a second webhook and in the list. Two texts of the same person
// with the same words, of the same instant as the network tells it (a second), are one. No secret is in it: with one,
// all ids would change on the day on which it is replaced, and what is listed then would be taken for new. Nobody gains
// anything by knowing an id, since webhooks are signed; whoever reads our database could try short texts against it.
std::string text_id(std::string_view sender, TimePoint received, std::string_view text);

}  // namespace passerelle::adapters::smsgate
