#include "turns/remind.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/log.hpp"
#include "casework/reminders.hpp"
#include "dialog/engine.hpp"
#include "dialog/stack.hpp"
#include "store/activity.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"
#include "turns/appointment_words.hpp"
#include "turns/compose.hpp"
#include "turns/reply_language.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view due_prefix = "remind.";

std::string cause_prefix(const Appointment& appointment) {
  return fmt::format("inv:{}:", appointment.invitation.value);
}

Conversation conversation_of(store::Transaction& transaction, AddressId address, TimePoint now) {
  try {
    return store::load_conversation(transaction, address);
  } catch (const store::UnreadableConversation&) {
    return store::set_aside_conversation(transaction, address, now);  // stopped, as the gate will say
  }
}

struct Begin {
  std::string dialog;
  std::string step;
  std::string cause;
  bool insert_held = false;  // what cannot leave now waits in the queue; if not, the caller tries again later
};

// A dialog that we begin, about an appointment.
class Beginner {
 public:
  Beginner(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
           const Appointment& appointment, TimePoint now)
      : transaction_(transaction), content_(content), channels_(channels), appointment_(appointment), now_(now) {}

  Departed begin(const Begin& begin) {
    const Contact contact = store::load_contact(transaction_, appointment_.address);
    Conversation before = conversation_of(transaction_, appointment_.address, now_);
    const Locale locale = shown_in(content_, before, before.locale);
    dialog::Opening opening{
        {{"invitation", std::to_string(appointment_.invitation.value)}}, appointment_.starts, begin.step};
    // Whoever may not be recognised is asked nothing: an answer would change nothing either.
    if (contact.discreet) opening = {{}, appointment_.starts, "reminder"};
    dialog::Turn turn = dialog::start(before, contact.discreet ? std::string_view("discreet") : begin.dialog,
                                      content_.library, now_, opening);
    std::vector<dialog::SayEffect> says;
    for (const dialog::Effect& effect : turn.effects) {
      if (const auto* say = std::get_if<dialog::SayEffect>(&effect)) says.push_back(*say);
    }
    says = with_appointments(transaction_, content_, appointment_.address, std::move(says), now_);
    Conversation next = std::move(turn.next);
    const std::vector<std::string> texts = compose(content_, says, locale, next, now_);
    if (texts.empty()) throw std::runtime_error("the dialog '" + begin.dialog + "' says nothing");
    const OwnMessage message{{appointment_.address, appointment_.to},
                             begin.cause,
                             locale,
                             {MessageClass::reminder, false, false, appointment_.starts},
                             appointment_.zone};
    Departed departed = enqueue_own(transaction_, content_, channels_, message, texts, begin.insert_held, now_);
    if (!departed.messages.empty()) {
      next.last_reply = locale;
      next.version = before.version + 1;
      store::save_conversation(transaction_, appointment_.address, next, now_);
    }
    return departed;
  }

 private:
  store::Transaction& transaction_;
  const Content& content_;
  const ChannelBook& channels_;
  const Appointment& appointment_;
  TimePoint now_;
};

// Why a reminder whose time has come is of no use any more; null: it is.
const char* useless(const Appointment& appointment, TimePoint now) {
  if (appointment.cancelled) return "cancelled";
  if (now >= appointment.starts) return "past";
  // Who cannot come is called about another time: the old one is not theirs any more.
  if (appointment.response == Response::declined) return "declined";
  return nullptr;
}

void forget_questions(store::Transaction& transaction, const Appointment& appointment, TimePoint now) {
  Conversation conversation = conversation_of(transaction, appointment.address, now);
  const std::size_t before = conversation.stack.size();
  dialog::forget_invitation(conversation.stack, std::to_string(appointment.invitation.value));
  if (conversation.stack.size() == before) return;
  ++conversation.version;
  store::save_conversation(transaction, appointment.address, conversation, now);
}

}  // namespace

void run_due(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
             const store::Due& due, TimePoint now) {
  if (!due.kind.starts_with(due_prefix)) throw std::logic_error("a due row of the unknown kind '" + due.kind + "'");
  const std::string kind = due.kind.substr(due_prefix.size());
  const InvitationId invitation{due.ref};
  const auto appointment = store::find_appointment(transaction, invitation);
  if (!appointment) return log::warning("reminder.without_appointment", {{"invitation", invitation.value}});
  const auto skip = [&](const std::string& why) { casework::skip_reminder(transaction, *appointment, kind, why, now); };
  if (const char* why = useless(*appointment, now)) return skip(why);
  const Departed departed = Beginner(transaction, content, channels, *appointment, now)
                                .begin({"reminder", kind, casework::cause_of(*appointment, kind), false});
  switch (departed.kind) {
    case Departed::Kind::queued: return;
    case Departed::Kind::repeated: return skip("repeated");
    case Departed::Kind::withheld: return skip(departed.why);
    case Departed::Kind::held: return store::add_due(transaction, {*departed.until, due.kind, due.ref});
  }
}

Departed tell_appointment(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                          const Appointment& appointment, std::string_view dialog, TimePoint now) {
  forget_questions(transaction, appointment, now);
  store::stop_outbound_about(transaction, cause_prefix(appointment), std::string(dialog), now);
  if (store::load_contact(transaction, appointment.address).discreet) {
    store::open_task(transaction, "private", appointment.address, {}, now);
    return {Departed::Kind::withheld, "discreet", {}, {}};
  }
  return Beginner(transaction, content, channels, appointment, now)
      .begin({std::string(dialog), "", casework::cause_of(appointment, dialog), true});
}

void know_language(store::Transaction& transaction, AddressId address, const Locale& locale, TimePoint now) {
  Conversation conversation = conversation_of(transaction, address, now);
  if (!conversation.locale.empty() || locale.empty()) return;
  conversation.locale = locale;
  ++conversation.version;
  store::save_conversation(transaction, address, conversation, now);
}

}  // namespace passerelle::turns
