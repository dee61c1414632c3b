// The fields of Twilio's forms, whose signature has been verified, as our events.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::twilio {

// Attachments are kept where their address is https, or the API's.
Webhook decode_message(const std::string& channel, const std::string& api_url, const std::vector<HttpField>& form,
                       TimePoint now);

// 'ref' is the one that our own callback URL carried.
Webhook decode_receipt(const std::vector<HttpField>& form, std::string_view ref);

// A long SMS put together from parts sometimes arrives as base64 of its text. Ordinary words ("test", "Yes1") are
// base64 of something too, so only what cannot well be anything else is decoded.
std::string unwrap_base64(std::string_view body);

}  // namespace passerelle::adapters::twilio
