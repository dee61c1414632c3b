#include "net/guard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace passerelle::net {
namespace {

// The fields that decide, found in one pass. Only the first value is kept; the counts tell whether there were more.
struct Decisive {
  std::string_view host, length, coding, origin, fetch_site, expect;
  int hosts = 0, lengths = 0, codings = 0, origins = 0, fetch_sites = 0, expects = 0;
  bool close = false;
};

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const std::string_view item = value.substr(0, value.find(','));
    if (same_field_name(trim(item), word)) return true;
    value.remove_prefix(std::min(value.size(), item.size() + 1));
  }
  return false;
}

void note(std::string_view& kept, int& count, std::string_view value) {
  if (count++ == 0) kept = value;
}

Decisive decisive(const std::vector<HttpField>& fields) {
  Decisive found;
  for (const HttpField& field : fields) {
    if (same_field_name(field.name, "Host"))
      note(found.host, found.hosts, field.value);
    else if (same_field_name(field.name, "Content-Length"))
      note(found.length, found.lengths, field.value);
    else if (same_field_name(field.name, "Transfer-Encoding"))
      note(found.coding, found.codings, field.value);
    else if (same_field_name(field.name, "Connection"))
      found.close = found.close || lists(field.value, "close");
    else if (same_field_name(field.name, "Expect"))
      note(found.expect, found.expects, field.value);
    else if (same_field_name(field.name, "Origin"))
      note(found.origin, found.origins, field.value);
    else if (same_field_name(field.name, "Sec-Fetch-Site"))
      note(found.fetch_site, found.fetch_sites, field.value);
  }
  return found;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// How the body is delimited: 0, or the status that refuses it.
int judge_framing(const Decisive& found, Version version) {
  if (found.codings > 1 || (found.codings == 1 && !same_field_name(found.coding, "chunked"))) return 400;
  if (found.codings == 1 && (found.lengths > 0 || version == Version::http_1_0)) return 400;
  if (found.lengths > 1 || (found.lengths == 1 && !is_digits(found.length))) return 400;
  return 0;
}

int judge_target(std::string_view target, const Limits& limits) {
  if (target.size() > (is_hook(target) ? limits.hook_target : limits.target)) return 414;
  const bool visible =
      std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
  return visible && target.starts_with('/') ? 0 : 400;
}

// The name in "name", "name:port" or "[v6]:port"; nothing when it is none of these.
std::optional<std::string_view> host_name(std::string_view host) {
  const auto end = host.starts_with('[') ? host.find(']') + 1 : std::min(host.find(':'), host.size());
  if (end == 0) return std::nullopt;
  const std::string_view port = host.substr(end);
  if (!port.empty() && (port[0] != ':' || port.size() > 6 || !is_digits(port.substr(1)))) return std::nullopt;
  return host.substr(0, end);
}

bool is_allowed_host(std::string_view host, const ListenerSettings& listener, bool peer_is_loopback) {
  static constexpr std::array<std::string_view, 3> local = {"localhost", "127.0.0.1", "[::1]"};
  const auto name = host_name(host);
  if (!name) return false;
  const std::string_view bare = name->starts_with('[') ? name->substr(1, name->size() - 2) : *name;
  const auto is_it = [&](std::string_view allowed) {
    return !allowed.empty() && (same_field_name(*name, allowed) || same_field_name(bare, allowed));
  };
  return std::any_of(listener.hosts.begin(), listener.hosts.end(), is_it) ||
         (peer_is_loopback && std::any_of(local.begin(), local.end(), is_it));
}

int judge_host(const Decisive& found, const ListenerSettings& listener, bool peer_is_loopback) {
  if (found.hosts != 1) return 400;  // RFC 9112, 3.2
  if (listener.any_host) return 0;
  return is_allowed_host(found.host, listener, peer_is_loopback) ? 0 : 421;
}

// A page of somebody else's must not reach the admin listener through the browser of an operator.
int judge_origin(const Decisive& found) {
  if (found.origins > 1 || found.fetch_sites > 1) return 403;
  if (found.fetch_sites == 1 && found.fetch_site != "same-origin" && found.fetch_site != "none") return 403;
  if (found.origins == 0) return 0;
  for (const std::string_view scheme : {"http://", "https://"}) {
    const bool same =
        found.origin.starts_with(scheme) && same_field_name(found.origin.substr(scheme.size()), found.host);
    if (same) return 0;
  }
  return 403;
}

// The length of the body: 411 without one where there must be one, 413 when it is too much.
int judge_body(const Decisive& found, const HttpRequest& request, std::size_t longest, std::size_t& length) {
  if (found.codings == 1 || (found.lengths == 0 && request.method == "POST")) return 411;
  if (found.lengths == 0) return 0;
  const auto read = std::from_chars(found.length.data(), found.length.data() + found.length.size(), length);
  return read.ec != std::errc() || length > longest ? 413 : 0;
}

bool awaits_continue(const Decisive& found) {
  return found.expects == 1 && same_field_name(found.expect, "100-continue");
}

int judge_expect(const Decisive& found) { return found.expects == 0 || awaits_continue(found) ? 0 : 417; }

int judge_method(const HttpRequest& request) { return request.method == "GET" || request.method == "POST" ? 0 : 405; }

}  // namespace

Verdict guard(const HttpRequest& request, Version version, const ListenerSettings& listener, const Limits& limits) {
  const Decisive found = decisive(request.fields);
  Verdict verdict;
  int refuse = request.fields.size() > max_fields ? 431 : judge_framing(found, version);
  if (refuse == 0) refuse = judge_method(request);
  if (refuse == 0) refuse = judge_target(request.target, limits);
  if (refuse == 0) refuse = judge_host(found, listener, request.peer_is_loopback);
  if (refuse == 0 && listener.check_origin) refuse = judge_origin(found);
  if (refuse == 0)
    refuse = judge_body(found, request, listener.body > 0 ? listener.body : limits.body, verdict.content_length);
  if (refuse == 0) refuse = judge_expect(found);
  verdict.refuse = refuse;
  verdict.keep_alive = refuse == 0 && version == Version::http_1_1 && !found.close;
  // A peer of HTTP/1.0 does not know interim answers (RFC 9110, 10.1.1).
  verdict.expects_continue = refuse == 0 && version == Version::http_1_1 && awaits_continue(found);
  return verdict;
}

}  // namespace passerelle::net
