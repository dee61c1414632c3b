// What a header field must be to be written as it stands, to either side.
#pragma once

#include "base/http.hpp"

namespace passerelle::net {

// A token for a name (RFC 9110, 5.6.2), and no control character in the value: a line break would let it write fields
// of its own.
bool is_sendable(const HttpField& field);

// Content-Length, Transfer-Encoding, Connection: only whoever writes the message may say where it ends.
bool is_framing(std::string_view name);

void append_field(std::string& out, std::string_view name, std::string_view value);

}  // namespace passerelle::net
