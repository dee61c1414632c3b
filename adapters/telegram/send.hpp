// Calls of the Bot API's methods, and what its answers mean. The token stands in their address: no address of them may
// be logged or kept. docs: core.telegram.org/bots/api, "Making requests".
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::telegram {

struct Api {
  std::string url;  // without a trailing '/'
  Secret token;
};

OutgoingRequest call(const Api& api, std::string_view method, const boost::json::object& arguments);

OutgoingRequest send_request(const Api& api, const OutboundMessage& message);

// What ends the waiting of a button that was pressed, as a call and as the answer to its webhook.
boost::json::object confirmation(std::string_view press);

// An inline keyboard has at most 100 buttons; longer words than these no telephone shows whole.
inline constexpr ButtonLimits keyboard_limits{60, 64};

// Success is {"ok": true} in the body, whatever the status.
Outcome judge_answer(const HttpResponse& response);

// What the body says; code 0: it is no answer of Telegram's (a proxy's page, half an answer).
struct Told {
  bool ok = false;
  int code = 0;             // 200 where ok
  std::string description;  // Telegram's words: to be compared, never logged
  std::chrono::seconds retry_after{0};
};
Told told_by(const HttpResponse& response, const boost::json::object& body);

}  // namespace passerelle::adapters::telegram
