// What came of handing a message to a gateway: the taxonomy that decides between retry, give up and alert.
#pragma once

#include <chrono>
#include <string>
#include <variant>

namespace passerelle {

struct Accepted {
  std::string provider_id;
};
struct RetryLater {
  std::chrono::seconds after{0};
};  // 0: by our own back-off
struct Refused {
  std::string why;
};  // for good, this recipient or this text
struct OptedOut {};
struct NeedsTemplate {};
struct Misconfigured {
  std::string why;
};  // stop the channel, alert the operator

using Outcome = std::variant<Accepted, RetryLater, Refused, OptedOut, NeedsTemplate, Misconfigured>;

}  // namespace passerelle
