// JSON Web Tokens of gateways (RFC 7519), as far as webhooks bear them: signed with a shared secret (RFC 7518, 3.2).
#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace passerelle::adapters {

inline const std::array<std::string, 1> hs256{"HS256"};

// The claims of a token whose signature holds with one of the secrets; else what is wrong: "no token", "algorithm",
// "signature" or "claims". The algorithm is one of 'algorithms' (HS256, HS384, HS512) and nothing else, whatever the
// token would like ("none", RS256). What the claims say is the caller's business.
result<boost::json::object> read_jwt(std::string_view token, std::span<const Secret> secrets,
                                     std::span<const std::string> algorithms = hs256);

// The other way: a token of these claims, signed with HS256.
std::string write_jwt(const boost::json::object& claims, const Secret& secret);

std::string base64url(std::string_view bytes);  // RFC 4648, 5; without padding
// Of its canonical spelling only.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace passerelle::adapters
