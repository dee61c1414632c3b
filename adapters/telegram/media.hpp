// What people show a bot, in two steps: getFile tells the path of a file, which is good for an hour, and there it is
// fetched. Bots get files of up to 20 MB. docs: core.telegram.org/bots/api, "getFile".
#pragma once

#include <optional>

#include "adapters/telegram/send.hpp"
#include "channel/media.hpp"

namespace passerelle::adapters::telegram {

// Nothing: the attachment is no file of this API's.
std::optional<OutgoingRequest> ask_for_media(const Api& api, const Attachment& attachment);
media::Answer read_media_answer(const Api& api, std::size_t asked, HttpResponse response);

}  // namespace passerelle::adapters::telegram
