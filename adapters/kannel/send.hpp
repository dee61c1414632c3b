// Texts that leave through smsbox's sendsms, and what its answers mean. Seen with Kannel 1.4.5: README.md.
#pragma once

#include <string>

#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::kannel {

struct Line {
  std::string api_url;  // of smsbox, without a trailing '/'
  std::string username;
  Secret password;
  std::string from;
  std::string smsc;        // which line of bearerbox; empty: it chooses
  std::string report_url;  // …/hooks/<channel>/<secret>/status: a secret, not to be logged
};

// Each part of a longer text goes in a request of its own, under our concatenation header. Left to part a text itself,
// Kannel cuts emojis in two, drops what goes beyond its max-messages, and reports on the first part alone: "delivered"
// would then be said of a text of which the rest may be lost.
bool is_parted(const OutboundMessage& message);

// The message must have a text (Kannel would send an empty one), and at most 255 parts.
OutgoingRequest send_request(const Line& line, const OutboundMessage& message, std::size_t part, TimePoint now);

Outcome judge_answer(const HttpResponse& response);

}  // namespace passerelle::adapters::kannel
