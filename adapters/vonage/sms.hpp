// Vonage's SMS API: texts and delivery receipts as flat parameters, texts of ours by /sms/json. docs: "Inbound SMS",
// "Delivery receipts", "SMS API reference" and "API errors" of developer.vonage.com.
#pragma once

#include <span>

#include "adapters/vonage/account.hpp"
#include "base/clock.hpp"
#include "base/http.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::vonage {

// Of a GET's query, a form or a flat JSON object, decoded. Nothing: the request is none of these, or repeats a name.
std::optional<std::vector<HttpField>> parameters_of(const HttpRequest& request);

// 'parameters' have been verified. A text in parts comes as that many messages: see README.md.
Webhook decode_sms(const Account& account, std::span<const HttpField> parameters, TimePoint now);

// The message must have a text.
OutgoingRequest sms_request(const Account& account, const OutboundMessage& message, TimePoint now);

Outcome judge_sms(const HttpResponse& response);

}  // namespace passerelle::adapters::vonage
