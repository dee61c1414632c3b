// TwiML: the XML that Twilio reads as the answer to a webhook. Anything else, text/plain above all, is texted to
// people.
#pragma once

#include <span>
#include <string>

#include "base/http.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::twilio {

// 'status_url' gets the receipts of each message, with its ref.
HttpResponse twiml(const std::string& status_url, std::span<const OutboundMessage> messages);

}  // namespace passerelle::adapters::twilio
