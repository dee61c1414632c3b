// What came of handing a message to a gateway: the taxonomy that decides between retry, give up and alert.
#pragma once

#include <chrono>
#include <string>
#include <variant>

namespace passerelle {

struct Accepted {
  std::string provider_id;  // empty: this gateway gives none, and receipts name our reference
};
struct RetryLater {
  std::chrono::seconds after{0};  // 0: by our own back-off
  std::string why;                // for the log: "429", "503"
};
// Nobody can tell whether the gateway acts on it (a 504, say): treated like an answer that was lost.
struct Ambiguous {
  std::string why;
  bool misconfigured = false;  // …and it says that no other message of ours would fare better: stop the channel, too
};
struct Refused {    // for good, this recipient or this text
  std::string why;  // the gateway's code, for staff and the log; never text of its answer
};
struct OptedOut {};  // the person has stopped us at the gateway
struct NeedsTemplate {};
struct Misconfigured {  // stop the channel, alert the operator; the message waits
  std::string why;
};

using Outcome = std::variant<Accepted, RetryLater, Ambiguous, Refused, OptedOut, NeedsTemplate, Misconfigured>;

}  // namespace passerelle
