#include "turns/begin_about.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "dialog/engine.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/undelivered.hpp"
#include "turns/appointment_words.hpp"
#include "turns/approved.hpp"
#include "turns/compose.hpp"
#include "turns/facts.hpp"
#include "turns/knowledge.hpp"
#include "turns/next_address.hpp"
#include "turns/readable.hpp"
#include "turns/reply_language.hpp"
#include "turns/time_out.hpp"
#include "turns/words.hpp"

namespace passerelle::turns {
namespace {

// Whoever may not be recognised is asked nothing: an answer would change nothing either.
constexpr std::string_view discreet_dialog = "discreet";
constexpr std::string_view discreet_step = "reminder";

class Beginner {
 public:
  Beginner(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
           const Appointment& appointment, Begin begin, TimePoint now)
      : transaction_(transaction),
        content_(content),
        channels_(channels),
        appointment_(appointment),
        begin_(std::move(begin)),
        now_(now),
        way_(way_to(transaction, content, channels, {appointment.address, appointment.to}, MessageClass::reminder, true,
                    now, [this](const Destination& to) { return approved_at(to) != nullptr; })),
        discreet_(store::load_contact(transaction, way_.to.id).discreet) {}

  Departed begin() {
    const Begin& begin = begin_;
    const Conversation before = known_at(way_.to.id);
    const Locale locale = shown_in(content_, before, before.locale);
    dialog::Turn turn = start(before, begin, locale);
    const Texts texts = say(turn, before, locale);
    if (texts.empty()) throw std::runtime_error(fmt::format("the dialog '{}' says nothing", begin.dialog));
    const OwnMessage message{
        way_.to,           begin.cause,     locale,      {MessageClass::reminder, false, false, appointment_.starts},
        appointment_.zone, way_.instead_of, way_.because};
    Departed departed = enqueue_own(transaction_, content_, channels_, message, texts, false, now_);
    if (departed.kind != Departed::Kind::queued) return departed;
    // It asks where nobody hears an answer.
    if (!channels_.at(way_.to.address.channel).hears)
      store::reach_otherwise(transaction_, appointment_.address, {}, now_);
    turn.next.last_reply = locale;
    turn.next.version = before.version + 1;
    store::save_conversation(transaction_, way_.to.id, turn.next, now_);
    plan_time_out(transaction_, way_.to.id, before, turn.next);
    departed.ways = std::move(turn.taken);
    return departed;
  }

 private:
  // What staff or the person said at another address counts here, too.
  Conversation known_at(AddressId address) const {
    Conversation known = readable_conversation(transaction_, address, now_);
    if (known.locale.empty() && address != appointment_.address)
      known.locale = readable_conversation(transaction_, appointment_.address, now_).locale;
    return known;
  }

  // Of a channel whose window is closed there: the approved text that says this, in the reader's language, and nothing
  // that this phone may not be told. A discreet contact is told in no words that others have approved.
  const ApprovedText* approved_at(const Destination& to) const {
    const auto channel = channels_.find(to.address.channel);
    if (channel == channels_.end() || !window_is_closed(transaction_, channel->second, to.id, now_)) return nullptr;
    const Contact contact = store::load_contact(transaction_, to.id);
    if (contact.discreet) return nullptr;
    const Conversation known = known_at(to.id);
    const ApprovedText* text =
        approved_for(channel->second, kind_of(begin_.dialog, begin_.step), shown_in(content_, known, known.locale));
    const bool tells =
        text != nullptr && can_tell(*text, appointment_words(appointment_, contact, content_.association));
    return tells ? text : nullptr;
  }

  dialog::Turn start(const Conversation& before, const Begin& begin, const Locale& locale) const {
    const std::string_view name = discreet_ ? discreet_dialog : begin.dialog;
    const std::string step(discreet_ ? discreet_step : begin.step);
    // An association's own dialog may lack it; the engine would promise that a person reads a message nobody wrote.
    const dialog::Dialog* found = content_.library.find(name);
    if (found == nullptr || (!step.empty() && found->find(step) == nullptr))
      throw std::runtime_error(fmt::format("there is no step '{}' in the dialog '{}'", step, name));
    Answers answers;
    if (!discreet_) answers["invitation"] = std::to_string(appointment_.invitation.value);
    const Knows knows(transaction_, content_, way_.to.id, locale, now_);
    const dialog::Facts facts = dialog_facts(content_, knows, locale, before.latin_only, now_);
    return dialog::start(before, name, facts, content_.library, now_, {std::move(answers), appointment_.starts, step});
  }

  Texts say(dialog::Turn& turn, const Conversation& before, const Locale& locale) {
    std::vector<dialog::SayEffect> says;
    for (const dialog::Effect& effect : turn.effects) {
      if (const auto* one = std::get_if<dialog::SayEffect>(&effect)) says.push_back(*one);
    }
    says = with_words({transaction_, content_, way_.to.id, now_}, std::move(says), locale);
    if (!discreet_) return say_approved(compose(content_, says, locale, turn.next, now_), says, turn, before, locale);
    return compose_discreetly(content_, says, locale, turn.next, now_);
  }

  // …or as it has been approved, where nothing else is taken.
  Texts say_approved(Texts composed, const std::vector<dialog::SayEffect>& says, dialog::Turn& turn,
                     const Conversation& before, const Locale& locale) const {
    const ApprovedText* approved = approved_at(way_.to);
    auto text =
        approved == nullptr ? std::nullopt : as_approved(content_, *approved, composed, says, {locale, before.dates});
    if (!text) return composed;
    turn.next.latin_line_told = before.latin_line_told;  // it has no such line
    return {std::move(*text)};
  }

  store::Transaction& transaction_;
  const Content& content_;
  const ChannelBook& channels_;
  const Appointment& appointment_;
  const Begin begin_;
  TimePoint now_;
  Way way_;  // to where it can be told now
  bool discreet_;
};

}  // namespace

Departed begin_about(store::Transaction& transaction, const Content& content, const ChannelBook& channels,
                     const Appointment& appointment, Begin begin, TimePoint now) {
  return Beginner(transaction, content, channels, appointment, std::move(begin), now).begin();
}

}  // namespace passerelle::turns
