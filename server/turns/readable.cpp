#include "turns/readable.hpp"

#include "base/log.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"

namespace passerelle::turns {

Conversation readable_conversation(store::Transaction& transaction, AddressId address, TimePoint now) {
  try {
    return store::load_conversation(transaction, address);
  } catch (const store::UnreadableConversation& error) {
    log::error("conversation.unreadable", {{"address", address.value}, {"why", error.what()}});
    store::open_task(transaction, "stuck", address, {}, now);
    Conversation fresh = store::set_aside_conversation(transaction, address, now);
    ++fresh.version;
    store::save_conversation(transaction, address, fresh, now);
    return fresh;
  }
}

}  // namespace passerelle::turns
