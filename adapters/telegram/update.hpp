// An Update of Telegram's Bot API, as a webhook brings it and getUpdates lists it: what a person wrote, showed or
// chose. docs: core.telegram.org/bots/api, "Update", "Message", "CallbackQuery".
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "channel/channel.hpp"

namespace passerelle::adapters::telegram {

struct Bot {
  std::string channel;
  std::string id;       // the number in front of its token: two bots may give the same update_id
  std::string api_url;  // without a trailing '/'
};

// Adds the message, or counts the update as ignored: edits, groups, channels, other bots, and whatever comes next year.
// Of a button that was pressed it sets events.pressed.
void read_update(const Bot& bot, const boost::json::object& update, TimePoint now, Events& events);

// Its update_id, 0 or more; nothing where it has none.
std::optional<std::int64_t> update_id(const boost::json::object& update);

}  // namespace passerelle::adapters::telegram
