#include "net/response.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <charconv>

#include "net/field_syntax.hpp"

namespace passerelle::net {
namespace {

// Present unless the handler sets the field itself. No Server and no version: strangers learn nothing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> defaults = {{
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Content-Security-Policy", "default-src 'none'"},
}};

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

bool has(const HttpResponse& response, std::string_view name) {
  return std::any_of(response.fields.begin(), response.fields.end(),
                     [&](const HttpField& field) { return same_field_name(field.name, name); });
}

}  // namespace

bool write_response(const HttpResponse& response, bool close, std::string& out) {
  out.clear();
  if (response.status < 200 || response.status > 599) return false;
  if (!std::all_of(response.fields.begin(), response.fields.end(), is_sendable)) return false;
  const bool bodiless = response.status == 204 || response.status == 304;  // RFC 9112, 6.3
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  out.append(reason.data(), reason.size());
  out += "\r\n";
  if (!bodiless) {
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  if (close) append_field(out, "Connection", "close");
  for (const auto& [name, value] : defaults) {
    if (!has(response, name)) append_field(out, name, value);
  }
  for (const HttpField& field : response.fields) {
    if (!is_framing(field.name)) append_field(out, field.name, field.value);
  }
  out += "\r\n";
  if (!bodiless) out += response.body;
  return true;
}

}  // namespace passerelle::net
