// A request of ours as bytes. Pure.
#pragma once

#include <string>

#include "base/http.hpp"
#include "base/url.hpp"

namespace passerelle::net {

// Replaces 'out'. False, and nothing usable in it, when the method or a field could not be sent as it is. Host,
// Content-Length and Connection are written here; those of the request are left out.
bool write_request(const OutgoingRequest& request, const WebUrl& url, std::string& out);

// What goes into Host, and names a connection: the host, and the port where it is not the scheme's own.
std::string authority_of(const WebUrl& url);
std::string port_of(const WebUrl& url);  // 443 or 80 where the URL names none

}  // namespace passerelle::net
