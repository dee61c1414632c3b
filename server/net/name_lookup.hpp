// The addresses of a host, within a deadline: the system's resolver cannot be hurried, but it need not be waited for.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "net/dial.hpp"

namespace passerelle::net {

// A literal address ("127.0.0.1", "[::1]") needs no resolver. Empty: none, or not in time.
Task<std::vector<boost::asio::ip::address>> look_up(Executor executor, Resolver resolver, std::string host,
                                                    std::chrono::steady_clock::time_point deadline);

// getaddrinfo, on Asio's own thread for it.
Resolver system_resolver(Executor executor);

}  // namespace passerelle::net
