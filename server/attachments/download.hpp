// One attachment, from the gateway's first answer to its bytes. No store, no disk.
#pragma once

#include <string>
#include <variant>

#include "base/task.hpp"
#include "base/transport.hpp"
#include "channel/channel.hpp"

namespace passerelle::attachments {

// Asks as often as the channel's adapter wants to, at most three times, and each time only where reach_of_media() says
// that this gateway's files are. 'transport' and 'channel' outlive it. What it answers is Fetched, Later or Lost.
Task<media::Answer> download(Transport& transport, const Channel& channel, Attachment attachment);

}  // namespace passerelle::attachments
