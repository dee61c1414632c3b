#include "turns/left_order.hpp"

#include <algorithm>

#include "dialog/stack.hpp"
#include "store/activity.hpp"
#include "store/channel_order.hpp"
#include "store/conversation.hpp"
#include "turns/appointment_words.hpp"
#include "turns/readable.hpp"

namespace passerelle::turns {

void leave_order(store::Transaction& transaction, AddressId left, TimePoint now) {
  store::stop_gone_on_to(transaction, left, "left_order", now);
  Conversation conversation = readable_conversation(transaction, left, now);
  const std::size_t before = conversation.stack.size();
  std::erase_if(conversation.stack, [&](const Frame& frame) {
    const std::string invitation = dialog::invitation_of(frame.answers);
    if (invitation.empty()) return false;
    const auto appointment = store::find_appointment(transaction, parse_invitation(invitation));
    return appointment && appointment->address != left;
  });
  if (conversation.stack.size() == before) return;
  ++conversation.version;
  store::save_conversation(transaction, left, conversation, now);
}

}  // namespace passerelle::turns
