// Where what is shared lives: in this process, or in a Redis.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"

namespace passerelle::live {

struct Embedded {
  friend bool operator==(const Embedded&, const Embedded&) = default;
};

struct RedisPlace {
  std::string address;  // IP, without brackets; empty: 'path'
  std::uint16_t port = 6379;
  std::string path;  // of a Unix socket, absolute
  int database = 0;
  std::string user;  // of Redis' access lists; empty: the default one

  friend bool operator==(const RedisPlace&, const RedisPlace&) = default;
};

using Place = std::variant<Embedded, RedisPlace>;

// "embedded", "redis://[USER@]127.0.0.1[:6379][/0]", "unix:/run/redis/redis.sock[?db=0]". The error's 'what' goes on
// after the name of the key ("names a host"), and repeats no password.
result<Place> read_place(std::string_view text);

}  // namespace passerelle::live
