// Texts that leave through SMSGate's API, what its answers mean, and the list of texts that the phone has received.
// docs: "Sending Messages", "Reading Messages", "Message Queue Limits" of docs.sms-gate.app.
#pragma once

#include <optional>
#include <string>

#include "adapters/smsgate/receive.hpp"
#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::smsgate {

// Whose API a channel calls, and how.
struct Account {
  std::string api_url;  // without a trailing '/'
  std::string username;
  Secret password;
  std::string device;  // of several phones; empty: the server chooses
  int sim = 0;         // from 1; 0: the phone chooses
};

// The message must have a text: the app refuses an empty one. Its id is our reference: the second of an id is refused.
OutgoingRequest send_request(const Account& account, const OutboundMessage& message, TimePoint now);

Outcome judge_answer(const HttpResponse& response);

// The app on the phone lists what it has received; the servers in between do not (501).
OutgoingRequest list_request(const Account& account, const InboundQuery& query);

// Of an MMS: what the app on the phone keeps. Nothing: it is elsewhere.
std::optional<OutgoingRequest> media_request(const Account& account, const Attachment& attachment);

// The newest comes first. Rows without a usable sender or time are left out. Errors: another status than 200, a body
// that is no list.
result<InboundPage> read_page(const Inbox& inbox, const HttpResponse& response, const InboundQuery& query);

}  // namespace passerelle::adapters::smsgate
