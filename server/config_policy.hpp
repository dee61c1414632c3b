// How a channel is to be used: the keys that every [[channel]] has, whatever its gateway (domain/channel_policy.hpp).
#pragma once

#include "adapters/registry.hpp"
#include "channel/channel.hpp"
#include "config_document.hpp"
#include "domain/channel_policy.hpp"

namespace passerelle::configuration {

// Keys that are absent get their defaults; what is wrong becomes a finding at its value.
ChannelPolicy read_policy(const Section& channel, const adapters::Gateway& gateway, Findings& findings);

// What only the finished channel can tell: replies need a way to travel.
void check_policy(const Section& channel, const ChannelPolicy& policy, const Traits& traits, Findings& findings);

}  // namespace passerelle::configuration
