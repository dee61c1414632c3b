// What the signatures of several gateways have in common: constant-time comparison, and what it is made over.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"

namespace passerelle::adapters {

// Whether a MAC, as the text that came, is one of those expected (one for each secret and spelling). All are compared,
// in time that depends on lengths only, so that nobody learns which of two secrets is the current one. The text is
// never decoded: two encodings of the same bytes are two different MACs to us.
bool matches_any(std::string_view given, std::span<const std::string> expected);

// The path at which we hear a channel, without the proxy's prefix: "/hooks/sms".
std::string hook_path(std::string_view channel);

// The value of one key of a query or form, decoded; empty when absent.
std::string_view value_of(const std::vector<HttpField>& form, std::string_view key);

}  // namespace passerelle::adapters
