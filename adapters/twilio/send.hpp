// Messages that leave through Twilio's API, and what its answers mean. docs: "Messages resource", "Errors" of
// www.twilio.com/docs; the codes are listed in README.md.
#pragma once

#include <string>

#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::twilio {

// Where a channel's requests go, and under which name.
struct Account {
  std::string api_url;  // without a trailing '/'
  std::string sid;
  Secret token;  // the current one
  std::string from;
  std::string callback_url;
};

// The message must have a text: Twilio refuses an empty one.
OutgoingRequest send_request(const Account& account, const OutboundMessage& message, TimePoint now);

Outcome judge_answer(const HttpResponse& response);

std::string messages_path(const Account& account);  // "/2010-04-01/Accounts/AC…/Messages.json"

}  // namespace passerelle::adapters::twilio
