// Requests to gateways, and what their answers have in common.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters {

// application/x-www-form-urlencoded, in the order given.
std::string write_form(std::span<const HttpField> pairs);

// The value of an Authorization field (RFC 7617).
std::string basic_authorization(std::string_view user, const Secret& password);

// Retry-After in seconds (RFC 9110, 10.2.3), at most a day; 0 without it, or where it is a date.
std::chrono::seconds retry_after(const HttpResponse& response);

// Until message.not_after, in whole seconds and at least one; nothing where the message has no end.
std::optional<std::chrono::seconds> time_left(const OutboundMessage& message, TimePoint now);

// What a status alone tells of a request that we wrote. 4xx is our mistake or our account's, not the recipient's: a
// gateway that blames the recipient says so in its own way, which its adapter reads first.
Outcome judge_status(const HttpResponse& response);

}  // namespace passerelle::adapters
