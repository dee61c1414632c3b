#include "turns/current_conversation.hpp"

#include "base/log.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"

namespace passerelle::turns {
namespace {

bool is_current(store::Transaction& transaction, AddressId address, const std::optional<SessionCopy>& copy) {
  if (!copy) return false;
  const auto row = store::conversation_mark(transaction, address);
  return row && *row == store::ConversationMark{copy->conversation.version, copy->saved_at};
}

}  // namespace

CurrentConversation current_conversation(store::Transaction& transaction, AddressId address, InboundId inbound,
                                         const std::optional<SessionCopy>& copy, TimePoint now) {
  if (is_current(transaction, address, copy)) return {copy->conversation, true};
  try {
    return {store::load_conversation(transaction, address)};
  } catch (const store::UnreadableConversation& error) {
    log::error("conversation.unreadable", {{"address", address.value}, {"why", error.what()}});
    store::open_task(transaction, "stuck", address, inbound, now);
    return {store::set_aside_conversation(transaction, address, now)};
  }
}

}  // namespace passerelle::turns
