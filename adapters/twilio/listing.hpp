// What Twilio has received for us, asked for after an outage: its list of messages, newest first. docs: "Messages
// resource", "Read multiple Message resources" of www.twilio.com/docs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/twilio/send.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::twilio {

// Twilio filters by whole days (UTC); read_page() leaves out what is older than query.since.
OutgoingRequest list_request(const Account& account, const InboundQuery& query);

// Rows that are not a message to us, or have no usable id or sender, are left out. Errors: another status than 200, a
// body that is no such list, a next page that is not of this account's list. The newest message comes first.
result<InboundPage> read_page(const Account& account, const std::string& channel, const HttpResponse& response,
                              const InboundQuery& query);

// "Mon, 16 Aug 2010 03:45:03 +0000" (RFC 2822, 3.3), as Twilio writes it.
std::optional<TimePoint> parse_mail_date(std::string_view text);

}  // namespace passerelle::adapters::twilio
