#include "live/place.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace passerelle::live {
namespace {

constexpr std::size_t longest_path = 107;  // sockaddr_un on Linux, without its last zero
constexpr int most_databases = 9'999;

std::optional<int> number(std::string_view text, int least, int most) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

bool is_ip(const std::string& address, int family) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(family, address.c_str(), bytes.data()) == 1;
}

Error wrong(std::string what) { return {std::move(what), ""}; }

// What stands before the port: "127.0.0.1", "[::1]".
std::string_view take_host(std::string_view& text) {
  const std::size_t end = text.starts_with('[') ? text.find(']') + 1 : std::min(text.find(':'), text.size());
  const std::string_view host = text.substr(0, end);
  text.remove_prefix(end);
  return host;
}

result<void> read_host(std::string_view text, RedisPlace& place) {
  const std::string_view host = take_host(text);
  const bool six = host.size() > 2 && host.front() == '[';
  place.address = std::string(six ? host.substr(1, host.size() - 2) : host);
  if (!is_ip(place.address, six ? AF_INET6 : AF_INET)) {
    return wrong("does not name an IP address: looking names up would hold the server up");
  }
  if (text.empty()) return {};
  const auto port = text.starts_with(':') ? number(text.substr(1), 1, 65'535) : std::nullopt;
  if (!port) return wrong("has a port that is not between 1 and 65535");
  place.port = static_cast<std::uint16_t>(*port);
  return {};
}

result<void> read_database(std::string_view text, RedisPlace& place) {
  const auto database = number(text, 0, most_databases);
  if (!database) return wrong("has no number of a database at its end");
  place.database = *database;
  return {};
}

result<Place> read_tcp(std::string_view text) {
  RedisPlace place;
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    place.user = std::string(text.substr(0, at));
    if (place.user.empty() || place.user.find(':') != std::string::npos) {
      return wrong("holds a password: it belongs into the file that 'password_file' names");
    }
    text.remove_prefix(at + 1);
  }
  const std::size_t slash = text.find('/');
  if (auto host = read_host(text.substr(0, slash), place); !host) return host.error();
  if (slash == std::string_view::npos || slash + 1 == text.size()) return place;
  if (auto database = read_database(text.substr(slash + 1), place); !database) return database.error();
  return place;
}

result<Place> read_unix(std::string_view text) {
  RedisPlace place;
  const std::size_t query = text.find('?');
  place.path = std::string(text.substr(0, query));
  if (!place.path.starts_with('/') || place.path.size() > longest_path) {
    return wrong("does not name a socket by its whole path, of at most 107 bytes");
  }
  if (query == std::string_view::npos) return place;
  text.remove_prefix(query + 1);
  if (!text.starts_with("db=")) return wrong("goes on with something else than ?db=0 after the socket's path");
  if (auto database = read_database(text.substr(3), place); !database) return database.error();
  return place;
}

}  // namespace

result<Place> read_place(std::string_view text) {
  constexpr std::string_view tcp = "redis://", local = "unix:";
  if (text == "embedded") return Place(Embedded{});
  if (text.starts_with(tcp)) return read_tcp(text.substr(tcp.size()));
  if (text.starts_with(local)) return read_unix(text.substr(local.size()));
  if (text.starts_with("rediss://")) return wrong("asks for TLS, which hiredis 0.14 does not have");
  return wrong("is not a place for sessions");
}

}  // namespace passerelle::live
