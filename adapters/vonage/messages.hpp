// Vonage's Messages API, version 1: SMS, MMS and WhatsApp as JSON. docs: "Messages API reference", "API errors:
// Messages" of developer.vonage.com.
#pragma once

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

}  // namespace passerelle::adapters::vonage
