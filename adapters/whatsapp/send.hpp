// Texts that leave through the Cloud API, and what its answers mean. docs: "Messages", "Error codes" of the WhatsApp
// Business Platform; the codes are listed in README.md.
#pragma once

#include <string>
#include <string_view>

#include "adapters/graph_webhook.hpp"
#include "base/http.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::whatsapp {

// The message must have a text. Every status that follows repeats message.ref, so that an answer that was lost is
// settled by the first of them.
OutgoingRequest send_request(const graph::Api& api, const std::string& phone_number_id, const OutboundMessage& message);

Outcome judge_answer(const HttpResponse& response);

// Whether an error code says that this person can only be told by a template, or not by this one.
bool needs_other_template(std::string_view code);

// Whether an error code says that something is wrong with our account, its number or its payment. Meta tells it at
// once, or later in a status.
bool is_our_mistake(std::string_view code);

}  // namespace passerelle::adapters::whatsapp
