// An answer as bytes: the status line, the fields that every answer carries, those of the handler, and the body.
#pragma once

#include <string>

#include "base/http.hpp"

namespace passerelle::net {

// Replaces 'out'. False, and nothing usable in it, when a status or field could not be sent as it is (a line break in
// a value would let the value write fields of its own). Framing is the session's: a handler's Content-Length,
// Transfer-Encoding and Connection are left out.
bool write_response(const HttpResponse& response, bool close, std::string& out);

}  // namespace passerelle::net
