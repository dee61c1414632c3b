// What a gateway gives that wants to be asked first (OAuth's client credentials and the like): a token, which our
// requests carry until it ends.
#pragma once

#include <chrono>
#include <variant>

#include "base/secret.hpp"
#include "channel/outcome.hpp"

namespace passerelle {

struct Token {
  Secret secret;
  std::chrono::seconds lifetime{0};  // 0: the gateway told none
};

// RetryLater: it gives none at the moment. Misconfigured: it will give none to this account, so that a person must mend
// something.
using SignInAnswer = std::variant<Token, RetryLater, Misconfigured>;

}  // namespace passerelle
