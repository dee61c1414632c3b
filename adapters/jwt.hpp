// JSON Web Tokens of gateways (RFC 7519), as far as webhooks bear them: signed with HS256 and a shared secret.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace passerelle::adapters {

// The claims of a token whose signature holds with one of the secrets; nothing otherwise. The algorithm is HS256 and
// nothing else, whatever the token would like ("none", RS256). What the claims say is the caller's business.
std::optional<boost::json::object> read_jwt(std::string_view token, std::span<const Secret> secrets);

// The other way: a token of these claims, signed with HS256.
std::string write_jwt(const boost::json::object& claims, const Secret& secret);

std::string base64url(std::string_view bytes);  // RFC 4648, 5; without padding
// Of its canonical spelling only.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace passerelle::adapters
