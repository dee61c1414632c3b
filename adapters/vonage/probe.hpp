// 'channel test' for Vonage: the account's balance (SMS API) or the ids of its secrets (Messages API), and a signed
// webhook about nothing.
#pragma once

#include "adapters/vonage/account.hpp"
#include "adapters/vonage/signature.hpp"
#include "base/clock.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::vonage {

OutgoingRequest probe(const Account& account, bool is_sms);
Diagnosis explain(const HttpResponse& response, bool is_sms);
Knocks knocks_of_sms(const Account& account, Method method, TimePoint now);
Knocks knocks_of_messages(const Account& account, TimePoint now);

}  // namespace passerelle::adapters::vonage
