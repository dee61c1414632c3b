// What 'channel test' asks of an adapter, to find out whether the two ends know each other.
#pragma once

#include <string>

#include "base/http.hpp"

namespace passerelle {

// What the answer to a probe means, in plain words for whoever set the channel up. Never words of the answer itself.
struct Diagnosis {
  bool well = false;
  std::string what;         // "the gateway knows this account"
  std::string remedy = {};  // where something is wrong: what to do
};

// Requests to our own hook as the gateway writes them; 'url' is only what follows the hook's own: "", "?bodySHA256=…".
struct Knocks {
  OutgoingRequest known;     // signed as it should be; it is heard, and brings nothing
  OutgoingRequest stranger;  // the same by somebody who does not know the secret
};

// By the status alone, for gateways whose status tells. "the gateway answered 404: …".
Diagnosis explain_status(int status);

}  // namespace passerelle
