// 'channel test' for Telegram: getWebhookInfo, which also tells where Telegram brings the bot's messages.
#pragma once

#include <string>

#include "adapters/telegram/send.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::telegram {

OutgoingRequest probe(const Api& api);
// 'hook_url': where messages must come; empty: we ask for them, and no webhook may be set.
Diagnosis explain(const HttpResponse& response, const std::string& hook_url);
Knocks knocks(const std::string& hook_secret);  // an update of a kind that we do not read

}  // namespace passerelle::adapters::telegram
