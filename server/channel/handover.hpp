// The third contract of an adapter, for gateways that are no web service: one message is handed over in a conversation
// of bytes. A handover is told what happened, and says the one thing to do next. It does no I/O itself; links/ drives
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

#include "channel/outcome.hpp"

namespace passerelle::handover {

// --- what happened ---
struct Begun {};      // first of all
struct Connected {};  // after Connect; with TLS where it was asked for
struct Secured {};    // after Secure
struct Arrived {
  std::string bytes;  // after Talk: at least one
};
struct Broken {
  std::string why;  // whatever was to be done failed: "connect", "deadline", "tls", "reset"
};
using Event = std::variant<Begun, Connected, Secured, Arrived, Broken>;

// --- what to do next ---
struct Connect {  // to traits().place
  std::string host;
  std::uint16_t port = 0;
  bool tls = false;  // from the first byte
};
struct Secure {};  // TLS from now on
struct Talk {
  std::string bytes;                  // to be written; empty: only read
  std::chrono::seconds patience{30};  // until something arrives
};
struct Over {
  Outcome outcome;
  bool reached = true;     // false: the gateway could not be reached, or failed; Ambiguous then is a lost answer
  std::string farewell{};  // written before we close; nobody waits for an answer
};
using Action = std::variant<Connect, Secure, Talk, Over>;

}  // namespace passerelle::handover

namespace passerelle {

class Handover {
 public:
  virtual ~Handover() = default;
  virtual handover::Action next(const handover::Event& event) = 0;
};

}  // namespace passerelle
