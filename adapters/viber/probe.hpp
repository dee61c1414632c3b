// 'channel test' for Viber: get_account_info, which also tells where Viber brings the bot's messages.
#pragma once

#include <string>

#include "adapters/viber/send.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::viber {

OutgoingRequest probe(const Bot& bot);
Diagnosis explain(const HttpResponse& response, const std::string& hook_url);
Knocks knocks(const Secret& token);  // the event with which Viber itself tries a webhook

}  // namespace passerelle::adapters::viber
