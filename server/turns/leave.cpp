// may_leave() of enqueue.hpp.
#include <stdexcept>

#include "base/log.hpp"
#include "store/activity.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/event.hpp"
#include "store/task.hpp"
#include "turns/appointment_words.hpp"
#include "turns/enqueue.hpp"
#include "turns/facts.hpp"
#include "turns/next_address.hpp"

namespace passerelle::turns {
namespace {

constexpr std::chrono::hours until_mended{1};  // what cannot be judged is tried again then

// Of an appointment the quiet hours of its place count: "inv:12:0:two_days".
std::string quiet_zone(store::Transaction& transaction, const std::string& cause) {
  constexpr std::string_view prefix = "inv:";
  if (!cause.starts_with(prefix)) return {};
  const InvitationId invitation = parse_invitation(std::string_view(cause).substr(prefix.size()));
  const auto appointment = store::find_appointment(transaction, invitation);
  return appointment ? appointment->zone : std::string();
}

GateDecision decide(store::Transaction& transaction, const Content& content, const store::Taken& taken, TimePoint now) {
  // Where it was to go before, the person may have said STOP meanwhile.
  if (taken.instead_of) {
    const std::string why = closed_order(transaction, content, taken.instead_of, taken.message.message_class, now);
    if (!why.empty()) return Withhold{Delivery::stopped, why};
  }
  const Contact contact = store::load_contact(transaction, taken.address);
  const std::string zone = quiet_zone(transaction, taken.message.cause);
  const Recipient recipient{store::consent_of(transaction, taken.address), contact, site_zone(content), zone};
  return gate({taken.message.message_class, false, false, taken.message.not_after}, recipient, now);
}

void tell(const char* event, const store::Taken& taken, const std::string& why) {
  log::info(event, {{"id", taken.message.id.value}, {"address", taken.address.value}, {"why", why}});
}

}  // namespace

bool may_leave(store::Transaction& transaction, const Content& content, const store::Taken& taken, TimePoint now) {
  const OutboundMessage& message = taken.message;
  if (message.message_class <= MessageClass::reply || taken.part > 0) return true;
  try {
    const GateDecision decision = decide(transaction, content, taken, now);
    if (const auto* held = std::get_if<Hold>(&decision)) {
      tell("message.held", taken, held->why);
      store::put_back(transaction, message.id, held->why, held->until);
    } else if (const auto* no = std::get_if<Withhold>(&decision)) {
      tell("message.withheld", taken, no->why);
      store::add_event(transaction, "message.withheld", taken.address.value, message.cause + " " + no->why, now);
      store::withdraw(transaction, message.id, no->state, no->why, now);
    }
    return std::holds_alternative<Pass>(decision);
  } catch (const std::runtime_error& error) {
    // One damaged row must not hold up the channel. When the error took the whole transaction with it, these throw.
    store::open_task(transaction, "stuck", taken.address, {}, now);
    store::put_back(transaction, message.id, "stuck", now + until_mended);
    log::error("message.not_judged", {{"id", message.id.value}, {"why", error.what()}});
    return false;
  }
}

}  // namespace passerelle::turns
