// A look at a Redis for 'doctor': whether it is there, lets us in and would take what we keep. Nothing is written to
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "live/place.hpp"

namespace passerelle::live {

struct Examined {
  // Empty: it was reached. Else "refused", "no_socket", "permission", "deadline", "connect", "protocol", "ended",
  // "late".
  std::string unreached;
  // The codes of its errors ("wrongpass", "noauth"), empty where there was none.
  std::string sign_in, database, commands;  // AUTH; SELECT; those that the server needs
  std::chrono::microseconds latency{0};     // of a PING, the quickest one of five

  struct Info {
    std::string version;            // "7.0.15"
    std::string policy;             // of maxmemory: "noeviction"
    std::uint64_t most_memory = 0;  // bytes; 0: no limit
    bool is_replica = false;
  };
  std::optional<Info> info;  // nothing: it does not tell us
};

// Waits for it, a few seconds at most.
Examined examine(const RedisPlace& place, const Secret& password);

}  // namespace passerelle::live
