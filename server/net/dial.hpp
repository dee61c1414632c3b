// A connection to a host by its name: every address in turn, none that the rule of address_rule.hpp forbids.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "net/http_connection.hpp"

namespace passerelle::net {

// The addresses of a host name, as text; empty when there are none. Tests give one that lies.
using Resolver = std::function<Task<std::vector<std::string>>(std::string host)>;

struct Dialled {
  std::unique_ptr<HttpConnection> connection;  // null: not connected
  std::string why;                             // a word or two for the log
};

// 'tls' outlives the connection; null: plain. 'host' as in a URL: IPv6 in its brackets.
Task<Dialled> dial(Executor executor, boost::asio::ssl::context* tls, Resolver resolver, std::string host,
                   std::uint16_t port, std::chrono::steady_clock::time_point deadline);

}  // namespace passerelle::net
