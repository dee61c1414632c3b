// 'channel test' for Kannel: a sendsms without a receiver, which smsbox refuses once it has let us in.
#pragma once

#include "adapters/kannel/send.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::kannel {

OutgoingRequest probe(const Line& line);
Diagnosis explain(const HttpResponse& response);
Knocks knocks(const Secret& hook_secret);  // a report about nothing

}  // namespace passerelle::adapters::kannel
