// What turns must know of the channels that messages leave by; wired by app from the configuration.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "domain/channel_policy.hpp"

namespace passerelle::turns {

struct ChannelFacts {
  ChannelPolicy policy = {};
  bool sends = false;            // messages can leave on our own account
  bool inline_replies = true;    // the answer to a webhook can carry replies
  bool telephones = false;       // its addresses are phone numbers: domain/phone_address says who may be written to
  std::chrono::hours window{0};  // as channel/channel.hpp's: since the person's last message; 0: always open
  bool true_clock = true;        // as channel/channel.hpp's
  bool hears = true;             // people can write to us by it
};

using ChannelBook = std::map<std::string, ChannelFacts, std::less<>>;

}  // namespace passerelle::turns
