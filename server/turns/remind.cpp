#include "turns/remind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/log.hpp"
#include "casework/reminders.hpp"
#include "dialog/stack.hpp"
#include "store/activity.hpp"
#include "store/channel_order.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "store/outbound_state.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"
#include "store/undelivered.hpp"
#include "turns/begin_about.hpp"
#include "turns/next_address.hpp"
#include "turns/readable.hpp"
#include "turns/time_out.hpp"

namespace passerelle::turns {
namespace {

using casework::cause_of;

constexpr std::string_view due_prefix = "remind.";
constexpr const char* two_days = "two_days";
constexpr const char* two_hours = "two_hours";
constexpr const char* moved = "appointment_moved";
constexpr const char* cancelled = "appointment_cancelled";

// So soon after another message that says the same, or before one, a reminder is only a nuisance that costs money.
constexpr std::chrono::hours close_by{2};

std::string cause_prefix(const Appointment& appointment) {
  return fmt::format("inv:{}:", appointment.invitation.value);
}

bool is_news(std::string_view kind) { return kind == moved || kind == cancelled; }

// This appointment's reminders that are due so soon that this one would say nothing new. After a time in which nothing
// ran, both are late, and one is enough.
bool another_follows(store::Transaction& transaction, const store::Due& due, TimePoint now) {
  if (due.kind != casework::due_kind(two_days)) return false;
  return std::ranges::any_of(store::due_of(transaction, due.ref), [&](const store::Due& other) {
    return other.kind == casework::due_kind(two_hours) && other.at <= now + close_by;
  });
}

// The news of the move has just told this time, and asked the same.
bool told_just_now(store::Transaction& transaction, const Appointment& appointment, TimePoint now) {
  const auto news = store::find_last_outbound(transaction, cause_of(appointment, moved));
  if (!news || now - news->since >= close_by) return false;
  switch (news->state) {
    case Delivery::queued:
    case Delivery::sent:
    case Delivery::delivered:
    case Delivery::read: return true;
    case Delivery::failed:
    case Delivery::expired:
    case Delivery::stopped:
    case Delivery::uncertain: return false;
  }
  return false;
}

// Why what is due is of no use any more; null: it is.
const char* useless(store::Transaction& transaction, const Appointment& appointment, const store::Due& due,
                    std::string_view kind, TimePoint now) {
  if (appointment.cancelled && kind != cancelled) return "cancelled";
  if (now >= appointment.starts) return "past";
  if (is_news(kind)) return nullptr;
  // Who cannot come is called about another time: the old one is not theirs any more.
  if (appointment.response == Response::declined) return "declined";
  if (another_follows(transaction, due, now)) return "another_follows";
  return told_just_now(transaction, appointment, now) ? "just_told" : nullptr;
}

Begin beginning(const Appointment& appointment, std::string_view kind) {
  if (is_news(kind)) return {kind, "", cause_of(appointment, kind)};
  return {"reminder", kind, cause_of(appointment, kind)};
}

void forget_question(store::Transaction& transaction, const Appointment& appointment, AddressId address,
                     TimePoint now) {
  Conversation conversation = readable_conversation(transaction, address, now);
  const std::size_t before = conversation.stack.size();
  dialog::forget_invitation(conversation.stack, std::to_string(appointment.invitation.value));
  if (conversation.stack.size() == before) return;
  ++conversation.version;
  store::save_conversation(transaction, address, conversation, now);
}

// Wherever it was asked.
void forget_questions(store::Transaction& transaction, const Appointment& appointment, TimePoint now) {
  forget_question(transaction, appointment, appointment.address, now);
  for (const AddressId next : store::next_addresses(transaction, appointment.address))
    forget_question(transaction, appointment, next, now);
}

// Nothing that could be written to a discreet contact would say it.
bool tell_by_voice(store::Transaction& transaction, const Appointment& appointment, TimePoint now) {
  if (!store::load_contact(transaction, appointment.address).discreet) return false;
  store::open_task(transaction, "private", appointment.address, {}, now);
  return true;
}

// One due row of an appointment that is still of use.
std::vector<dialog::Taken> remind(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                                  const Appointment& appointment, const store::Due& due, const std::string& kind,
                                  TimePoint now) {
  Departed departed = begin_about(transaction, content, channels, appointment, beginning(appointment, kind), now);
  const auto skip = [&](const std::string& why) { casework::skip_reminder(transaction, appointment, kind, why, now); };
  switch (departed.kind) {
    case Departed::Kind::queued:
      // An earlier one that a failing gateway has kept here would come at the same time and say the same.
      if (kind == two_hours)
        store::stop_outbound_about(transaction, cause_of(appointment, two_days), "another_follows", now);
      break;
    case Departed::Kind::repeated: skip("repeated"); break;
    case Departed::Kind::withheld: skip(departed.why); break;
    case Departed::Kind::held: store::add_due(transaction, {*departed.until, due.kind, due.ref}); break;
  }
  return std::move(departed.ways);
}

}  // namespace

std::vector<dialog::Taken> run_due(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                                   const store::Due& due, TimePoint now) {
  if (due.kind == question_due) return time_out(transaction, content, channels, AddressId{due.ref}, now);
  if (is_about_next_address(due.kind)) {
    try_next_address(transaction, content, channels, due, now);
    return {};
  }
  const std::string kind = due.kind.starts_with(due_prefix) ? due.kind.substr(due_prefix.size()) : "";
  if (kind != two_days && kind != two_hours && !is_news(kind))
    throw std::logic_error("a due row of the unknown kind '" + due.kind + "'");
  const InvitationId invitation{due.ref};
  const auto appointment = store::find_appointment(transaction, invitation);
  if (!appointment) {
    log::warning("reminder.without_appointment", {{"invitation", invitation.value}});
    return {};
  }
  const char* why = useless(transaction, *appointment, due, kind, now);
  if (why == nullptr && is_news(kind) && tell_by_voice(transaction, *appointment, now)) why = "discreet";
  if (why == nullptr) return remind(transaction, content, channels, *appointment, due, kind, now);
  casework::skip_reminder(transaction, *appointment, kind, why, now);
  return {};
}

Departed tell_appointment(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                          const Appointment& appointment, std::string_view dialog, TimePoint now) {
  forget_questions(transaction, appointment, now);
  store::stop_outbound_about(transaction, cause_prefix(appointment), std::string(dialog), now);
  for (const char* news : {moved, cancelled})
    store::remove_due_of(transaction, casework::due_kind(news), appointment.invitation.value);
  if (tell_by_voice(transaction, appointment, now)) return {Departed::Kind::withheld, "discreet", {}, {}};
  Departed departed = begin_about(transaction, content, channels, appointment, beginning(appointment, dialog), now);
  if (departed.kind == Departed::Kind::held)
    store::add_due(transaction, {*departed.until, casework::due_kind(dialog), appointment.invitation.value});
  return departed;
}

void know_language(store::Transaction& transaction, AddressId address, const Locale& locale, TimePoint now) {
  Conversation conversation = readable_conversation(transaction, address, now);
  if (!conversation.locale.empty() || locale.empty()) return;
  conversation.locale = locale;
  ++conversation.version;
  store::save_conversation(transaction, address, conversation, now);
}

}  // namespace passerelle::turns
