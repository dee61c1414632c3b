// Vonage's Messages API, version 1: SMS, MMS and WhatsApp as JSON. docs: "Messages API reference", "API errors:
// Messages" of developer.vonage.com.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "adapters/vonage/account.hpp"
#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::vonage {

// 'body' has been verified. Rejected is only what is no JSON object.
Webhook decode_messages(const Account& account, std::string_view body, TimePoint now);

// The message must have a text. "whatsapp:+41…" leaves on WhatsApp, everything else as an SMS.
OutgoingRequest messages_request(const Account& account, const OutboundMessage& message, TimePoint now);

Outcome judge_messages(const HttpResponse& response);

// Whether a problem (RFC 7807) of code 1240 says that the person has stopped us: it stands for numbers that are none,
// too.
bool tells_opt_out(const boost::json::object& problem);

}  // namespace passerelle::adapters::vonage
