#include "base/url.hpp"

#include <algorithm>
#include <array>

namespace passerelle {
namespace {

constexpr std::string_view digits = "0123456789";

// Views into a URL of any scheme, cut apart and not judged.
struct Cut {
  std::string_view scheme;     // with "://"
  std::string_view user_info;  // with '@', or empty
  std::string_view host;
  std::string_view port;  // with ':', or empty
  std::string_view rest;
};

std::optional<Cut> cut(std::string_view url) {
  const auto mark = url.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  Cut parts;
  parts.scheme = url.substr(0, mark + 3);
  const std::string_view after = url.substr(mark + 3);
  std::string_view authority = after.substr(0, after.find_first_of("/?#"));
  parts.rest = after.substr(authority.size());
  parts.user_info = authority.substr(0, authority.rfind('@') + 1);  // npos + 1 is 0
  authority.remove_prefix(parts.user_info.size());
  // A colon starts the port only after the bracket that closes an IPv6 address.
  const auto colon = authority.find(':', authority.rfind(']') + 1);
  parts.host = authority.substr(0, colon);
  parts.port = authority.substr(parts.host.size());
  return parts;
}

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.size() > 3 && host.ends_with(']') && consists_of(host.substr(1, host.size() - 2), "0123456789abcdef:.");
  return !host.empty() && host.size() <= 253 && !host.starts_with('.') &&
         consists_of(host, "abcdefghijklmnopqrstuvwxyz0123456789.-");
}

}  // namespace

std::optional<WebUrl> read_url(std::string_view text) {
  const std::optional<Cut> parts = cut(text);
  if (!parts || !parts->user_info.empty()) return std::nullopt;
  if (parts->scheme != "https://" && parts->scheme != "http://") return std::nullopt;
  WebUrl url{parts->scheme == "https://", std::string(parts->host), "", std::string(parts->rest)};
  std::ranges::transform(url.host, url.host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (!is_host(url.host)) return std::nullopt;
  if (!parts->port.empty()) {
    url.port = parts->port.substr(1);
    if (url.port.empty() || url.port.size() > 5 || !consists_of(url.port, digits) || std::stoi(url.port) > 65'535)
      return std::nullopt;
  }
  const auto is_odd = [](char c) { return c <= ' ' || c >= 0x7F || c == '"' || c == '\\' || c == '<' || c == '>'; };
  if (std::ranges::any_of(url.path, is_odd)) return std::nullopt;
  return url;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  if (!host.starts_with("127.")) return false;
  int groups = 0;
  for (;; ++groups) {
    const std::string_view group = host.substr(0, host.find('.'));
    if (group.empty() || group.size() > 3 || !consists_of(group, digits)) return false;
    if (std::stoi(std::string(group)) > 255) return false;
    if (group.size() == host.size()) break;
    host.remove_prefix(group.size() + 1);
  }
  return groups == 3;
}

std::vector<std::string> port_spellings(std::string_view url) {
  const std::optional<Cut> parts = cut(url);
  if (!parts) return {std::string(url)};
  const std::string_view standard = parts->scheme == "https://" ? ":443" : ":80";
  std::string bare(parts->scheme);
  bare.append(parts->user_info).append(parts->host);
  std::string explicit_port = bare;
  explicit_port.append(parts->port.empty() ? standard : parts->port).append(parts->rest);
  bare.append(parts->rest);
  return {std::move(bare), std::move(explicit_port)};
}

}  // namespace passerelle
