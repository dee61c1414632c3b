// The JSON of Viber's events, one a request, whose signature has been verified, as ours.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::viber {

// 'media_host' and the hosts below it are where attachments may be. Events of no use to us are ignored and
// acknowledged.
Webhook read_body(const std::string& channel, std::string_view media_host, std::string_view body, TimePoint now);

}  // namespace passerelle::adapters::viber
