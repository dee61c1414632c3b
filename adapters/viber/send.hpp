// Texts that leave through Viber's send_message, and what its answers mean. docs: "Send Message", "Error Codes" of
// developers.viber.com/docs/api/rest-bot-api; the codes are listed in README.md.
#pragma once

#include <string>

#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::viber {

struct Bot {
  std::string api_url;  // without a trailing '/'
  Secret token;         // the current one
  std::string sender;   // the name that people see
};

// The message must have a text.
OutgoingRequest send_request(const Bot& bot, const OutboundMessage& message);

// Viber answers 200 to everything: the status in the body counts.
Outcome judge_answer(const HttpResponse& response);

}  // namespace passerelle::adapters::viber
