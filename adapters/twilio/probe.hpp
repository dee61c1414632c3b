// 'channel test' for Twilio: whether the account owns the number that people write to, and a signed webhook of JSON,
// which no message and no receipt ever is.
#pragma once

#include "adapters/twilio/send.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::twilio {

// The list of the account's numbers, narrowed to ours. Of a sender that is no number ("whatsapp:+41…", a name): the
// account itself.
OutgoingRequest probe(const Account& account);
Diagnosis explain(const Account& account, const HttpResponse& response);
Knocks knocks(const Account& account);

}  // namespace passerelle::adapters::twilio
