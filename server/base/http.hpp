// A request and a response as plain structs: all that handlers and adapters ever see of HTTP.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle {

struct HttpField {
  std::string name;
  std::string value;
};

// The first value of a field, by its name in any case (RFC 9110, 5.1); empty when absent.
std::string_view field(const std::vector<HttpField>& fields, std::string_view name);
bool same_field_name(std::string_view a, std::string_view b);

struct HttpRequest {
  std::string method;             // upper case, from the allow-list
  std::string target;             // origin form, exactly as it came: path and query, still percent-encoded
  std::vector<HttpField> fields;  // as they stood when the header ended; trailers never join them
  std::string body;               // raw bytes
  std::string peer;               // the connected address, without the port; "uid:1000" on a Unix socket
  bool peer_is_loopback = false;

  std::string_view path() const;   // the target up to '?'
  std::string_view query() const;  // the target after '?', or empty
};

struct HttpResponse {
  int status = 200;
  std::vector<HttpField> fields;
  std::string body;
  // Called once the answer was written to the socket (true) or could not be (false); may be empty.
  std::function<void(bool written)> answered = {};
};

// A request that leaves for a gateway.
struct OutgoingRequest {
  std::string method = "POST";
  std::string url;                // absolute, http(s), percent-encoded; its origin must be one that is configured
  std::vector<HttpField> fields;  // Host, Content-Length and Connection are the sender's business
  std::string body;
};

// Came through a proxy, which tells for whom: whoever connects from this machine may then be a stranger.
bool was_forwarded(const HttpRequest& request);

// An answer without detail for strangers: the status and nothing else.
HttpResponse bare(int status);

// application/x-www-form-urlencoded (WHATWG URL, 5.1), in the order sent, repeated keys kept, percent-decoded.
// Malformed percent escapes stay as they are. Not more than 'limit' pairs are read.
std::vector<HttpField> parse_form(std::string_view text, std::size_t limit = 1000);
std::string percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);  // all but RFC 3986 unreserved characters

}  // namespace passerelle
