// What Signal brings us, as signal-cli writes it: one envelope for each message, receipt, call or sign of typing.
// docs: signal-cli's JSON output (src/main/java/org/asamk/signal/json), signal-cli-rest-api's /v1/receive.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::signal {

struct Account {
  std::string channel;
  std::string number;   // ours: "+41790000001"
  std::string api_url;  // without a trailing '/'
};

// Adds what {"envelope": …, "account": …} holds, or counts it as ignored: groups, other accounts of the same server,
// edits, reactions, stories, typing, and what our own other devices did.
void read_envelope(const Account& account, const boost::json::object& received, TimePoint now, Events& events);

// "9d0652a3-dcc3-4d11-975f-74d61598733f": whom a message is from, and goes to.
bool is_uuid(std::string_view text);
// "+41791234567": 7 to 15 digits.
bool is_number(std::string_view text);

}  // namespace passerelle::adapters::signal
