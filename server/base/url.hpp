// The http(s) addresses of the configuration, read strictly. Not Boost.URL: 1.81 reads the host of
// "http://127.0.0.1.example.org" as 127.0.0.1, which is just the mistake that a check for loopback must not make.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle {

struct WebUrl {
  bool is_https = false;
  std::string host;  // lower case; IPv6 in its brackets
  std::string port;  // digits, or empty
  std::string path;  // from '/' on, or empty; may hold a query
};

// Nothing for other schemes, user names, odd characters and empty hosts.
std::optional<WebUrl> read_url(std::string_view text);

bool is_loopback(std::string_view host);  // localhost, 127.x.x.x, [::1]

// The URL as it is with no port and with one: its own or, without one, that of its scheme. Gateways sign either.
std::vector<std::string> port_spellings(std::string_view url);

}  // namespace passerelle
