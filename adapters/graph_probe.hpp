// 'channel test' for WhatsApp and Messenger: what the Graph API says of the thing that we send from, and a signed
// webhook without any entry.
#pragma once

#include <string>
#include <string_view>

#include "adapters/graph_webhook.hpp"
#include "channel/probe.hpp"

namespace passerelle::adapters::graph {

// GET /<id>?fields=…
OutgoingRequest ask_about(const Api& api, const std::string& id, std::string_view fields);
// 'key': the setting that names what was asked about: "phone_number_id".
Diagnosis explain(const HttpResponse& response, const std::string& key);
Knocks knocks(const Keys& keys, std::string_view object);  // of "whatsapp_business_account", "page"

}  // namespace passerelle::adapters::graph
