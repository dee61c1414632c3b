#include "turns/take_in.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "domain/phone_address.hpp"
#include "language/detect.hpp"
#include "store/activity.hpp"
#include "store/alias.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "store/outbox.hpp"
#include "store/task.hpp"
#include "turns/compose.hpp"
#include "turns/discreet.hpp"
#include "turns/effects.hpp"
#include "turns/enqueue.hpp"
#include "turns/knowledge.hpp"
#include "turns/must_be_heard.hpp"
#include "turns/reply_language.hpp"
#include "turns/route.hpp"
#include "turns/same_answer.hpp"
#include "turns/time_out.hpp"
#include "turns/unheard.hpp"
#include "turns/versions.hpp"
#include "turns/words.hpp"

namespace passerelle::turns {
namespace {

constexpr std::chrono::minutes danger_answer_lasts{10};
constexpr std::chrono::hours near{72};           // an appointment so close is on somebody's mind
constexpr std::chrono::hours request_lasts{12};  // so long further words belong to what a human was called for

class Taker {
 public:
  Taker(store::Transaction& transaction, const Content& content, const Arrival& arrival, TimePoint now)
      : transaction_(transaction), content_(content), arrival_(arrival), now_(now) {}

  TakenIn take_in() {
    remembered_ = store::remember(transaction_, arrival_.message, now_);
    taken_.inbound = remembered_.id;
    to_ = {remembered_.address, arrival_.message.from};
    if (remembered_.repeated) {
      taken_.repeated = true;
      taken_.replies = store::inline_replies_of(transaction_, remembered_.id);
    } else {
      answer();
    }
    return std::move(taken_);
  }

  TakenIn take_again(InboundId inbound, AddressId address) {
    taken_.inbound = inbound;
    to_ = {address, arrival_.message.from};
    again_ = true;
    answer();
    return std::move(taken_);
  }

 private:
  // A turn that fails takes nothing else with it: the message stays, and a person will read it.
  void answer() {
    try {
      transaction_.savepoint([this] { turn(); });
    } catch (const std::exception& error) {
      stuck(error.what());
    }
  }

  void turn() {
    if (of_machine()) return keep_unanswered();
    watched_ = true;  // until we know: what is told when this turn fails must fit every phone
    const Contact contact = remembered_.has_contact ? store::load_contact(transaction_, to_.id) : Contact();
    watched_ = contact.discreet;
    const Conversation before = current();
    if (watched_) {
      silent_ = !may_answer(content_, contact, arrival_.message.sent_at, now_);
      // The label of a button is nobody's cry, whatever stands in it.
      if (!cries_for_help() || !arrival_.message.payload.empty()) return answer_discreetly(contact, before);
      pause(contact);
      // A gateway's clock may be wrong: it keeps no numbers from whoever needs them now.
      if (arrival_.by_webhook) silent_ = false;
    }
    if ((arrival_.muted || is_abroad()) && !must_be_heard(before)) return mute(before);
    const bool awaited = store::waits_for_person(transaction_, to_.id, now_ - request_lasts);
    Sent sent{arrival_.message.kind, media(), awaited, appointment_near(), author().country, written()};
    sent.payload = arrival_.message.payload;
    sent.buttons = arrival_.channel.buttons.most;
    Conversation heard = before;
    std::vector<Frame> unheard = take_unheard(transaction_, heard);
    const auto versions = with_versions(transaction_, content_, heard);
    const Knows knows(transaction_, content_, to_.id, before.locale, now_);
    Routed routed =
        route(content_, {versions ? *versions : content_.library, knows}, heard, arrival_.reading, sent, now_);
    taken_.ways = std::move(routed.turn.taken);
    Conversation next = std::move(routed.turn.next);
    Done done = do_effects(transaction_, to_.id, taken_.inbound, std::move(routed.turn.effects), now_);
    crisis_ = done.crisis;
    recorded_ = done.recorded;
    std::vector<dialog::SayEffect> says = std::move(done.says);
    if (next.consent == Consent::stopped && begins_anew(heard, next)) says.push_back({"stop.hint", {}});
    if (next.consent != before.consent) obey(next.consent);
    put_back(std::move(unheard), next);
    reply(std::move(says), routed.reply_in, before, std::move(next));
  }

  void reply(std::vector<dialog::SayEffect> says, const Locale& locale, const Conversation& before, Conversation next) {
    if (silent_) says.clear();
    says = with_words({transaction_, content_, to_.id, now_}, std::move(says), locale);
    Texts texts =
        watched_ ? compose_discreetly(content_, says, locale, next, now_) : compose(content_, says, locale, next, now_);
    break_loop(texts, says, before, next);
    send(locale, texts);
    taken_.says = std::move(says);
    if (!texts.empty()) next.last_reply = locale;
    next.version = before.version + 1;
    store::save_conversation(transaction_, to_.id, next, now_);
    plan_time_out(transaction_, to_.id, before, next);
    settle();
    taken_.conversation = std::move(next);
  }

  void send(const Locale& locale, const Texts& texts) {
    if (of_machine() || is_abroad()) return;
    taken_.replies = enqueue_replies(transaction_, content_, to_, taken_.inbound, locale, texts, road(), now_);
    if (road().via != store::Via::inline_reply) taken_.replies.clear();
  }

  // A machine would answer our answers for ever. On a watched phone, silence would tell more than the same words.
  void break_loop(Texts& texts, std::vector<dialog::SayEffect>& says, const Conversation& before, Conversation& next) {
    const bool again = !watched_ && says_the_same_again(texts, next.last_answer, now_);
    if (!again || crisis_ || recorded_ || next.consent != before.consent || must_be_heard(before)) return;
    texts.clear();
    says.clear();
    const bool known = store::waits_for_person(transaction_, to_.id, now_ - request_lasts);
    if (!known) store::open_task(transaction_, "flood", to_.id, taken_.inbound, now_);
  }

  // STOP reaches what waits in the queue, too.
  void obey(Consent consent) {
    if (consent == Consent::open) return;
    const MessageClass from = consent == Consent::stopped ? MessageClass::reminder : MessageClass::shift;
    store::stop_outbound_to(transaction_, to_.id, from, "consent", now_);
    store::stop_twins(transaction_, to_.id, consent, now_);
  }

  bool cries_for_help() const {
    const auto danger = [](const KeywordHit& hit) { return hit.intent == Intent::danger; };
    return std::ranges::any_of(arrival_.reading.hits, danger);
  }

  // What a dialog that asked for a photo keeps of it.
  std::string media() const {
    const bool shows = arrival_.message.kind == InboundMessage::Kind::media || !arrival_.message.attachments.empty();
    return shows ? std::to_string(taken_.inbound.value) : std::string();
  }

  bool appointment_near() {
    if (!remembered_.has_invitations) return false;
    const auto coming = store::appointments_of(transaction_, to_.id, now_, 1);
    return !coming.empty() && coming.front().starts - now_ <= near;
  }

  // 0 where the clock that tells it is nobody's: a telephone's that is an hour slow must not make every text a late
  // one.
  TimePoint written() const { return arrival_.channel.true_clock ? arrival_.message.sent_at : TimePoint(); }

  ReplyRoad road() const {
    const bool inline_reply = arrival_.by_webhook && arrival_.channel.inline_replies;
    ReplyRoad road{inline_reply || !arrival_.channel.sends ? store::Via::inline_reply : store::Via::api,
                   arrival_.channel, crisis_, again_};
    // Numbers of help outlive a gateway's bad minute, but do not come hours later to whoever holds the phone then.
    if (watched_) road.lasts = crisis_ ? danger_answer_lasts : discreet_answer_lasts;
    return road;
  }

  const Author& author() {
    if (arrival_.author) return *arrival_.author;
    if (!author_) author_ = author_of(to_.address, arrival_.channel.telephones, content_.association.country);
    return *author_;
  }
  bool of_machine() { return author().sender != Sender::person; }
  bool is_abroad() const { return arrival_.channel.telephones && !reaches(arrival_.channel.policy, to_.address.user); }

  // No person reads there, and an answer to a machine's answer has no end. Staff see it; whoever sends a cry for help
  // through some web page is not lost among what operators and shops send.
  void keep_unanswered() {
    log::info("inbound.no_person", {{"inbound", taken_.inbound.value}, {"sender", to_string(author().sender)}});
    store::open_task(transaction_, cries_for_help() ? "danger" : "machine_sender", to_.id, taken_.inbound, now_);
    settle();
  }

  // Something may be wrong: nothing that we start leaves until staff have looked.
  void pause(Contact contact) {
    contact.paused = true;
    store::save_contact(transaction_, to_.id, contact, now_);
    store::stop_outbound_to(transaction_, to_.id, MessageClass::reminder, why_paused, now_);
  }

  // Nothing that such a phone sends changes anything by itself (product.md, Discreet contacts): staff read it, and what
  // is more than a yes or thanks pauses our messages until they have.
  void answer_discreetly(Contact contact, const Conversation& before) {
    const bool coming = !store::appointments_of(transaction_, to_.id, now_, 1).empty();
    const DiscreetAnswer answer = read_discreetly(content_, contact, arrival_.reading, before.locale, coming, now_);
    store::open_task(transaction_, "private", to_.id, taken_.inbound, now_);
    if (answer.pauses) pause(contact);
    if (arrival_.muted) return settle();
    if (answer.uses_code) {
      contact.code.clear();
      store::save_contact(transaction_, to_.id, contact, now_);
    }
    taken_.ways = {{"discreet", std::string(answer.key.substr(answer.key.find('.') + 1)), "begins"}};
    reply({{std::string(answer.key), {}}}, shown_in(content_, before, before.locale), before, before);
  }

  Conversation current() {
    CurrentConversation now = current_conversation(transaction_, to_.id, taken_.inbound, arrival_.copy, now_);
    taken_.used_copy = now.copied;
    return std::move(now.conversation);
  }

  // The first menu is on the phone now and was not before: the place to say how our messages come back.
  bool begins_anew(const Conversation& before, const Conversation& next) const {
    const auto asks_first = [this](const Conversation& conversation) {
      return !conversation.stack.empty() && conversation.stack.back().dialog.name == content_.library.first();
    };
    return asks_first(next) && !asks_first(before);
  }

  bool must_be_heard(const Conversation& of) const { return turns::must_be_heard(arrival_.reading, locale_of(of)); }
  const Locale& locale_of(const Conversation& known) const {
    return known.locale.empty() ? content_.association.site_language : known.locale;
  }

  // Stored, shown to staff, and told so once.
  void mute(const Conversation& before) {
    settle();
    if (!store::open_task(transaction_, is_abroad() ? "other_country" : "flood", to_.id, taken_.inbound, now_)) return;
    say_stuck(locale_of(before));
  }

  void settle() {
    if (again_) store::mark_processed(transaction_, taken_.inbound, now_);  // a new one was remembered so
  }

  void stuck(const char* why) {
    log::error("turn.stuck", {{"inbound", taken_.inbound.value}, {"why", why}});
    taken_.stuck = true;
    store::mark_stuck(transaction_, taken_.inbound, why, now_);
    if (again_) return;
    store::open_task(transaction_, "stuck", to_.id, taken_.inbound, now_);
    const auto change = language::choose(arrival_.reading, {}, content_.association.languages);
    say_stuck(change.kind == language::LanguageChange::Kind::reply_in ? change.locale
                                                                      : content_.association.site_language);
  }

  // "Your message has arrived, a person will read it."
  void say_stuck(const Locale& locale) {
    Conversation apart;  // says nothing about the person, and is not saved
    apart.latin_line_told = true;
    const auto* key = watched_ ? "discreet.received" : "common.stuck";
    send(locale, silent_ ? Texts() : compose(content_, {{key, {}}}, locale, apart, now_));
  }

  store::Transaction& transaction_;
  const Content& content_;
  const Arrival& arrival_;
  TimePoint now_;
  Destination to_;
  store::Remembered remembered_;
  TakenIn taken_;
  bool crisis_ = false;           // the turn answers a cry for help
  bool recorded_ = false;         // …or takes down an answer or a case, which the person must read
  bool watched_ = false;          // a discreet contact: whoever else may hold the phone must learn nothing
  bool silent_ = false;           // …and it must not be answered now
  std::optional<Author> author_;  // asked once
  bool again_ = false;            // the message stumbled before, and its sender was told that a person will read it
};

}  // namespace

Author author_of(const Address& address, bool telephones, const std::string& home) {
  // Elsewhere people are named by something else than a telephone number.
  return {telephones ? sender_of(address.user, home) : Sender::person, country_of(address.user)};
}

TakenIn take_in(store::Transaction& transaction, const Content& content, const Arrival& arrival, TimePoint now) {
  return Taker(transaction, content, arrival, now).take_in();
}

TakenIn take_again(store::Transaction& transaction, const Content& content, const Arrival& arrival, InboundId inbound,
                   AddressId address, TimePoint now) {
  return Taker(transaction, content, arrival, now).take_again(inbound, address);
}

}  // namespace passerelle::turns
