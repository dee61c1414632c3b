#include "turns/next_address.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>

#include "base/log.hpp"
#include "dialog/stack.hpp"
#include "language/script.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/buttons.hpp"
#include "store/channel_order.hpp"
#include "store/channel_silence.hpp"
#include "store/channel_state.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/event.hpp"
#include "store/outbound_list.hpp"
#include "store/outbound_state.hpp"
#include "store/undelivered.hpp"
#include "turns/appointment_words.hpp"
#include "turns/facts.hpp"
#include "turns/readable.hpp"
#include "turns/time_out.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view next_mark = ">";
constexpr std::string_view invitation_prefix = "inv:";
constexpr std::chrono::minutes until_answered{1};  // a request for it is under way: its end comes first

std::string root_of(const std::string& cause) { return cause.substr(0, cause.find(next_mark)); }

std::string invitation_in(std::string_view cause) {
  if (!cause.starts_with(invitation_prefix)) return {};
  cause.remove_prefix(invitation_prefix.size());
  return std::string(cause.substr(0, cause.find(':')));
}

// Who looks for a way, and what may go there.
class Finder {
 public:
  Finder(store::Transaction& transaction, const Content& content, const ChannelBook& channels, TimePoint now,
         const Speaks& speaks = {})
      : transaction_(transaction), content_(content), channels_(channels), now_(now), speaks_(speaks) {}

  // Why nothing can be written there now; null: it can.
  const char* closed(const Destination& to) const {
    const auto channel = channels_.find(to.address.channel);
    if (channel == channels_.end() || !channel->second.sends) return "channel_cannot_send";
    if (store::load_channel_state(transaction_, to.address.channel).drained_at) return why_drained;
    if (store::is_silent(transaction_, to.address.channel, channel->second.policy.receipt_within, now_))
      return because_silent;
    if (!window_is_closed(transaction_, channel->second, to.id, now_) || (speaks_ && speaks_(to))) return nullptr;
    return because_window;
  }

  bool may_tell(AddressId from, AddressId to, bool rewritten) const {
    const Contact here = store::load_contact(transaction_, from);
    const Contact there = store::load_contact(transaction_, to);
    return rewritten || there.readers == Readers::own || here.readers != Readers::own;
  }

  template <typename Fits>
  std::optional<Destination> next(AddressId from, MessageClass message_class, bool rewritten, Fits fits) const {
    if (!closed_order(transaction_, content_, from, message_class, now_).empty()) return std::nullopt;
    // Recorded after the order was: another's appointment must not go to this one's telephone.
    if (store::read_by_several(transaction_, store::channel_order(transaction_, from))) return std::nullopt;
    for (const AddressId id : store::next_addresses(transaction_, from)) {
      const auto address = store::find_address_of(transaction_, id);
      if (!address || !may_tell(from, id, rewritten)) continue;
      const Destination to{id, *address};
      if (closed(to) == nullptr && fits(to)) return to;
    }
    return std::nullopt;
  }

 private:
  store::Transaction& transaction_;
  const Content& content_;
  const ChannelBook& channels_;
  TimePoint now_;
  Speaks speaks_;
};

class Follower {
 public:
  Follower(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
           const store::ListedMessage& message, TimePoint now)
      : transaction_(transaction), content_(content), channels_(channels), message_(message), now_(now) {}

  std::optional<OwnMessage> next(const char* because) const {
    const Finder finder(transaction_, content_, channels_, now_);
    const auto to = finder.next(message_.address, message_.message_class, false,
                                [&](const Destination& each) { return fits(own(each, because)); });
    return to ? std::optional(own(*to, because)) : std::nullopt;
  }

  void tell(const OwnMessage& next) const {
    const Departed departed = enqueue_own(transaction_, content_, channels_, next, {words()}, true, now_);
    if (departed.kind == Departed::Kind::repeated) return;
    log::info("message.next_address",
              {{"id", message_.id.value}, {"address", next.to.id.value}, {"why", next.because}});
    store::add_event(transaction_, "message.next_address", next.to.id.value, next.cause + " " + next.because, now_);
    take_question_along(next);
  }

  void call_a_person() const {
    if (message_.message_class != MessageClass::notice)
      store::reach_otherwise(transaction_, message_.address, {}, now_);
  }

 private:
  Text words() const {
    Text text(message_.text);
    text.gloss = message_.gloss;
    text.buttons = store::buttons_of(transaction_, message_.id);
    return text;
  }

  OwnMessage own(const Destination& to, const char* because) const {
    const std::string root = root_of(message_.cause);
    OwnMessage next{to,
                    fmt::format("{}{}{}", root, next_mark, to.id.value),
                    message_.locale,
                    {message_.message_class, false, false, message_.not_after}};
    next.instead_of = message_.address;
    next.because = because;
    if (const std::string invitation = invitation_in(root); !invitation.empty()) {
      const auto appointment = store::find_appointment(transaction_, parse_invitation(invitation));
      if (appointment) next.zone = appointment->zone;
    }
    return next;
  }

  bool fits(const OwnMessage& next) const {
    const Conversation there = readable_conversation(transaction_, next.to.id, now_);
    if (there.latin_only && language::has_non_latin_letters(message_.text)) return false;
    const ChannelFacts& channel = channels_.find(next.to.address.channel)->second;
    const GateDecision decision = foresee(transaction_, content_, channel, next, {words()}, now_);
    return !std::holds_alternative<Withhold>(decision);
  }

  // So that "2" is understood there, too. Where it did not arrive nobody answers it.
  void take_question_along(const OwnMessage& next) const {
    const std::string invitation = invitation_in(message_.cause);
    if (invitation.empty()) return;
    // Nobody hears a "2" there: the question stays where it can be answered, and a person asks, too.
    if (!channels_.at(next.to.address.channel).hears) return call_a_person();
    const Conversation before = readable_conversation(transaction_, message_.address, now_);
    const Conversation there = readable_conversation(transaction_, next.to.id, now_);
    Conversation after = there;
    for (const Frame& frame : before.stack) {
      if (dialog::invitation_of(frame.answers) == invitation) dialog::push(after.stack, frame, content_.library);
    }
    if (after.locale.empty()) after.locale = message_.locale;
    after.last_reply = message_.locale;
    save(next.to.id, there, std::move(after));
    if (next.because == because_stalled) return;
    Conversation left = before;
    dialog::forget_invitation(left.stack, invitation);
    if (left.stack.size() != before.stack.size()) save(message_.address, before, std::move(left));
  }

  void save(AddressId address, const Conversation& before, Conversation after) const {
    after.version = before.version + 1;
    store::save_conversation(transaction_, address, after, now_);
    plan_time_out(transaction_, address, before, after);
  }

  store::Transaction& transaction_;
  const Content& content_;
  const ChannelBook& channels_;
  const store::ListedMessage& message_;
  TimePoint now_;
};

// What has gone on to another address already goes on from there only.
bool is_newest(store::Transaction& transaction, const store::ListedMessage& message) {
  const auto newest = store::find_last_outbound(transaction, root_of(message.cause));
  return newest && newest->id == message.id;
}

void after_failure(const Follower& follower, const store::ListedMessage& message) {
  if (message.state != Delivery::failed) return;  // staff have sent it again, or it has arrived after all
  if (const auto next = follower.next(because_failed))
    follower.tell(*next);
  else
    follower.call_a_person();
}

std::chrono::minutes receipt_within(const ChannelBook& channels, const std::string& channel) {
  const auto found = channels.find(channel);
  return found == channels.end() ? std::chrono::minutes(0) : found->second.policy.receipt_within;
}

// Still in our queue: surely not told, so that it leaves by one way only. Without another way it waits on.
void after_long_wait(store::Transaction& transaction, const Follower& follower, const store::ListedMessage& message,
                     TimePoint now) {
  const auto next = follower.next(because_not_taken);
  if (next && store::stop_outbound(transaction, message.id, because_not_taken, now)) follower.tell(*next);
}

void after_silence(store::Transaction& transaction, const ChannelBook& channels, const Follower& follower,
                   const store::ListedMessage& message, TimePoint now) {
  const auto look_again = [&](TimePoint at) { store::add_due(transaction, {at, receipt_due, message.id.value}); };
  const std::chrono::minutes within = receipt_within(channels, message.to.channel);
  if (within == std::chrono::minutes(0)) return;
  switch (message.state) {
    case Delivery::queued:
      if (message.on_its_way) return look_again(now + until_answered);
      if (message.attempts == 0 && message.next_at && *message.next_at > now)
        return look_again(*message.next_at + within);
      return after_long_wait(transaction, follower, message, now);
    case Delivery::sent:
    case Delivery::uncertain: break;
    case Delivery::delivered:
    case Delivery::read:
    case Delivery::failed:
    case Delivery::expired:
    case Delivery::stopped: return;
  }
  if (now < message.since + within) return look_again(message.since + within);
  store::note_overdue(transaction, message.to.channel, message.address, now);
  if (const auto next = follower.next(because_stalled))
    follower.tell(*next);
  else
    follower.call_a_person();
}

}  // namespace

std::string closed_order(store::Transaction& transaction, const Content& content, AddressId address,
                         MessageClass message_class, TimePoint now) {
  std::vector<AddressId> order = store::channel_order(transaction, address);
  if (order.empty()) order.push_back(address);
  for (const AddressId each : order) {
    Contact contact = store::load_contact(transaction, each);
    if (contact.discreet) return "discreet";
    contact.safe_hours.reset();  // outside of them the gate would not come as far as the consent
    const Recipient recipient{store::consent_of(transaction, each), contact, site_zone(content)};
    const GateDecision decision = gate({message_class, false, false, {}}, recipient, now);
    if (const auto* no = std::get_if<Withhold>(&decision)) return no->why;
  }
  return {};
}

bool window_is_closed(store::Transaction& transaction, const ChannelFacts& channel, AddressId address, TimePoint now) {
  if (channel.window == std::chrono::hours(0)) return false;
  const auto heard = store::last_heard(transaction, address);
  return !heard || now - *heard >= channel.window;
}

Way way_to(store::Transaction& transaction, const Content& content, const ChannelBook& channels, const Destination& to,
           MessageClass message_class, bool rewritten, TimePoint now, const Speaks& speaks) {
  const Finder finder(transaction, content, channels, now, speaks);
  const char* because = finder.closed(to);
  if (because == nullptr) return {to};
  const auto next = finder.next(to.id, message_class, rewritten, [](const Destination&) { return true; });
  return next ? Way{*next, to.id, because} : Way{to};
}

bool is_about_next_address(std::string_view due_kind) {
  return due_kind == store::undelivered_due || due_kind == receipt_due;
}

void try_next_address(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                      const store::Due& due, TimePoint now) {
  const auto message = store::find_message(transaction, OutboundId{due.ref});
  if (!message || !is_newest(transaction, *message)) return;
  const Follower follower(transaction, content, channels, *message, now);
  if (due.kind == store::undelivered_due)
    after_failure(follower, *message);
  else
    after_silence(transaction, channels, follower, *message, now);
}

}  // namespace passerelle::turns
