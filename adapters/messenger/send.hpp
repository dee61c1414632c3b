// Texts that leave through Messenger's Send API, and what its answers mean. docs: "Send API", "Error codes" of the
// Messenger Platform; the codes are listed in README.md.
#pragma once

#include <string>

#include "adapters/graph_webhook.hpp"
#include "base/http.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::messenger {

// The message must have a text. Its echo repeats message.ref, where the app is subscribed to echoes.
OutgoingRequest send_request(const graph::Api& api, const std::string& page, const OutboundMessage& message);

Outcome judge_answer(const HttpResponse& response);

}  // namespace passerelle::adapters::messenger
