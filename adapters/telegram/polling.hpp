// Long polling: getUpdates, for a machine that Telegram cannot call. docs: core.telegram.org/bots/api, "getUpdates".
#pragma once

#include <memory>

#include "adapters/telegram/send.hpp"
#include "adapters/telegram/update.hpp"
#include "channel/link.hpp"

namespace passerelle::adapters::telegram {

// An update is acknowledged by the next question's offset, and so only after its message was committed.
std::unique_ptr<Link> make_polling(Bot bot, Api api);

}  // namespace passerelle::adapters::telegram
