#include "net/outgoing.hpp"

#include <algorithm>

#include "net/field_syntax.hpp"

namespace passerelle::net {
namespace {

// "/path?query" of a URL, which may have neither; a fragment is never sent (RFC 9110, 7.1).
std::string target_of(const WebUrl& url) {
  std::string target = url.path.substr(0, url.path.find('#'));
  return target.starts_with('/') ? target : "/" + target;
}

}  // namespace

std::string port_of(const WebUrl& url) { return !url.port.empty() ? url.port : url.is_https ? "443" : "80"; }

std::string authority_of(const WebUrl& url) {
  const std::string port = port_of(url);
  return port == (url.is_https ? "443" : "80") ? url.host : url.host + ":" + port;
}

bool write_request(const OutgoingRequest& request, const WebUrl& url, std::string& out) {
  out.clear();
  if (request.method != "GET" && request.method != "POST") return false;
  if (!std::all_of(request.fields.begin(), request.fields.end(), is_sendable)) return false;
  out += request.method + " " + target_of(url) + " HTTP/1.1\r\n";
  append_field(out, "Host", authority_of(url));
  for (const HttpField& each : request.fields) {
    if (is_framing(each.name) || same_field_name(each.name, "Host")) continue;
    append_field(out, each.name, each.value);
  }
  if (field(request.fields, "User-Agent").empty()) append_field(out, "User-Agent", "Passerelle");
  if (request.method == "POST") append_field(out, "Content-Length", std::to_string(request.body.size()));
  out += "\r\n";
  if (request.method == "POST") out += request.body;
  return true;
}

}  // namespace passerelle::net
