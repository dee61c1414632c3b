// How requests leave for gateways. net's HttpClient is the real one; tests and simulations script theirs.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/http.hpp"
#include "base/task.hpp"

namespace passerelle {

// The exchange brought no answer. Once a byte of the request may have left, nobody knows whether the gateway acts on
// it.
struct NoResponse {
  bool ambiguous = false;  // false: surely nothing was handed over, so trying again is safe
  std::string why;         // for the log, a word or two without any data: "connect", "deadline", "reset"
};

// What 'why' says where the answer is longer than whoever asked wants to read.
inline constexpr std::string_view too_long_answer = "too long";

// Any complete answer is a response, whatever its status.
using Exchange = std::variant<HttpResponse, NoResponse>;

class Transport {
 public:
  virtual ~Transport() = default;
  // One attempt: never repeats a request, never follows a redirect, always ends within a deadline of its own.
  virtual Task<Exchange> send(OutgoingRequest request) = 0;
};

}  // namespace passerelle
