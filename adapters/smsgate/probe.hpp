// 'channel test' for SMSGate: the list of registered webhooks, which the phone and the servers both have.
#pragma once

#include <string>

#include "adapters/smsgate/send.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::smsgate {

OutgoingRequest probe(const Account& account);
Diagnosis explain(const HttpResponse& response, const std::string& hook_url);
Knocks knocks(const Secret& key, TimePoint now);  // the app's own sign of life

}  // namespace passerelle::adapters::smsgate
