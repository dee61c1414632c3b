// What turns must know of the channels that messages leave by; wired by app from the configuration.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/address.hpp"
#include "domain/channel_policy.hpp"
#include "domain/message.hpp"

namespace passerelle::turns {

struct ChannelFacts {
  ChannelPolicy policy = {};
  bool sends = false;            // messages can leave on our own account
  bool inline_replies = true;    // the answer to a webhook can carry replies
  bool telephones = false;       // its addresses are phone numbers: domain/phone_address says who may be written to
  std::chrono::hours window{0};  // as channel/channel.hpp's: since the person's last message; 0: always open
  bool true_clock = true;        // as channel/channel.hpp's
  bool hears = true;             // people can write to us by it
  bool names_us = false;         // a message there shows who wrote before it is opened: nothing for discreet contacts
  ButtonLimits buttons = {};     // as channel/channel.hpp's
  std::vector<ApprovedText> approved = {};
};

// Whether a message to this address tells who wrote it, whatever it says. On a channel of telephones an address of
// another service ("whatsapp:+41…") has that service's profile.
inline bool shows_us(const ChannelFacts& channel, const Address& to) {
  if (channel.policy.names_us) return *channel.policy.names_us;
  return channel.names_us || (channel.telephones && to.user.find(':') != std::string::npos);
}

using ChannelBook = std::map<std::string, ChannelFacts, std::less<>>;

}  // namespace passerelle::turns
