// The guard at the door: what a request header must be before anything else looks at it. Pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/http.hpp"
#include "net/head.hpp"
#include "net/server.hpp"

namespace passerelle::net {

struct Verdict {
  int refuse = 0;  // 0: go on; else this status, and the connection is closed
  std::size_t content_length = 0;
  bool keep_alive = false;
  bool expects_continue = false;  // the peer waits for "100 Continue" before it sends the body
};

// Framing first, so that what follows judges a message whose borders everybody agrees on.
Verdict guard(const HttpRequest& request, Version version, const ListenerSettings& listener, const Limits& limits);

// What a 405 of the guard names in Allow.
inline constexpr std::string_view allowed_methods = "GET, POST";

}  // namespace passerelle::net
