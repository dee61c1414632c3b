#include "turns/unheard.hpp"

#include "casework/reminders.hpp"
#include "dialog/stack.hpp"
#include "store/activity.hpp"
#include "store/outbound_state.hpp"
#include "turns/appointment_words.hpp"

namespace passerelle::turns {
namespace {

bool heard(store::Transaction& transaction, const Frame& frame) {
  const std::string invitation = dialog::invitation_of(frame.answers);
  if (invitation.empty()) return true;
  const auto appointment = store::find_appointment(transaction, parse_invitation(invitation));
  return !appointment || store::has_left(transaction, casework::cause_of(*appointment, ""));
}

}  // namespace

std::vector<Frame> take_unheard(store::Transaction& transaction, Conversation& conversation) {
  std::vector<Frame> known;
  std::vector<Frame> unheard;
  for (Frame& frame : conversation.stack) {
    std::vector<Frame>& where = heard(transaction, frame) ? known : unheard;
    where.push_back(std::move(frame));
  }
  conversation.stack = std::move(known);
  return unheard;
}

void put_back(std::vector<Frame> unheard, Conversation& conversation) {
  for (Frame& frame : unheard) {
    if (conversation.stack.size() < Conversation::deepest) conversation.stack.push_back(std::move(frame));
  }
}

}  // namespace passerelle::turns
