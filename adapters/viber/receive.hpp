// The JSON of Viber's events, one a request, whose signature has been verified, as ours.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/reach.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::viber {

// 'media' is where attachments may be. Events of no use to us are ignored and
// acknowledged.
Webhook read_body(const std::string& channel, const Reach& media, std::string_view body, TimePoint now);

}  // namespace passerelle::adapters::viber
