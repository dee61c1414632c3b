// What people show us on WhatsApp, in two steps: the Graph API tells where the file of an id is, for five minutes, and
// there it is fetched with the same token. docs: "Retrieve Media URL", "Download Media" of the WhatsApp documentation.
#pragma once

#include <optional>

#include "adapters/graph_webhook.hpp"
#include "adapters/whatsapp/receive.hpp"
#include "base/reach.hpp"
#include "channel/media.hpp"

namespace passerelle::adapters::whatsapp {

// The API, and the one host that Meta names. It gets our token, so that none beside it is asked.
Reach media_reach(const graph::Api& api);
// Nothing: the attachment is no id of this line's.
std::optional<OutgoingRequest> ask_for_media(const graph::Api& api, const Line& line, const Attachment& attachment);
media::Answer read_media_answer(const graph::Api& api, std::size_t asked, HttpResponse response);

}  // namespace passerelle::adapters::whatsapp
