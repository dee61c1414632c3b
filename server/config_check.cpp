#include <arpa/inet.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "config_table.hpp"

namespace passerelle::configuration {

namespace {

bool is_port(std::string_view text) {
  std::uint16_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number != 0;
}

}  // namespace

bool is_loopback(const std::string& address) {
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  return address == "::1";
}

std::optional<Complaint> check_url(const std::string& url) {
  constexpr std::string_view shape = "write it as https://sms.example.org";
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return Complaint{"is not a URL", std::string(shape)};
  if (parsed->scheme_id() != boost::urls::scheme::https && parsed->scheme_id() != boost::urls::scheme::http) {
    return Complaint{"begins with neither https:// nor http://", std::string(shape)};
  }
  if (parsed->encoded_host().empty()) return Complaint{"names no host", std::string(shape)};
  if (parsed->has_port() && !is_port(parsed->port())) {
    return Complaint{"has a port that is not between 1 and 65535", std::string(shape)};
  }
  if (parsed->has_userinfo()) return Complaint{"holds a user name or a password", "leave out what stands before '@'"};
  if (parsed->has_query() || parsed->has_fragment()) {
    return Complaint{"goes on after its path", "leave out what stands from '?' or '#' on"};
  }
  return std::nullopt;
}

bool is_channel_key(std::string_view key) {
  return std::ranges::any_of(channel_table(), [&](const ChannelRow& row) { return row.key == key; });
}

}  // namespace passerelle::configuration
