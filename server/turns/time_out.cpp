#include "turns/time_out.hpp"

#include <fmt/format.h>

#include "dialog/engine.hpp"
#include "store/address.hpp"
#include "store/contact.hpp"
#include "store/conversation.hpp"
#include "store/due.hpp"
#include "turns/compose.hpp"
#include "turns/effects.hpp"
#include "turns/enqueue.hpp"
#include "turns/facts.hpp"
#include "turns/knowledge.hpp"
#include "turns/readable.hpp"
#include "turns/reply_language.hpp"
#include "turns/versions.hpp"
#include "turns/words.hpp"

namespace passerelle::turns {
namespace {

constexpr std::chrono::hours lasts{24};  // so long a word about an unanswered question is of use

class Waker {
 public:
  Waker(store::Transaction& transaction, const Content& content, const ChannelBook& channels, AddressId address,
        TimePoint now)
      : transaction_(transaction),
        content_(content),
        channels_(channels),
        address_(address),
        now_(now),
        discreet_(store::load_contact(transaction, address).discreet) {}

  std::vector<dialog::Taken> run() {
    const Conversation before = readable_conversation(transaction_, address_, now_);
    const auto next = dialog::next_time_out(before);
    if (!next) return {};
    if (*next <= now_) return wake(before);
    store::add_due(transaction_, {*next, std::string(question_due), address_.value});
    return {};
  }

 private:
  std::vector<dialog::Taken> wake(const Conversation& before) {
    const Locale locale = shown_in(content_, before, before.locale);
    dialog::Turn turn = take_turn(before, locale);
    const bool asks_anew = turn.next.stack.size() >= before.stack.size();
    Departed departed = say(before, turn.next, says_of(turn), locale);
    if (departed.kind == Departed::Kind::held) {
      // Who answers after all, before our word may leave, must still find the question.
      if (!asks_anew) open_tasks(turn);
      store::add_due(transaction_, {*departed.until, std::string(question_due), address_.value});
      return {};
    }
    do_effects(transaction_, address_, {}, std::move(turn.effects), now_);
    turn.next.version = before.version + 1;
    store::save_conversation(transaction_, address_, turn.next, now_);
    plan_time_out(transaction_, address_, before, turn.next);
    return std::move(turn.taken);
  }

  dialog::Turn take_turn(const Conversation& before, const Locale& locale) {
    const auto versions = with_versions(transaction_, content_, before);
    const Knows knows(transaction_, content_, address_, locale, now_);
    const dialog::Facts facts = dialog_facts(content_, knows, locale, before.latin_only, now_);
    return dialog::time_out(before, facts, versions ? *versions : content_.library, now_);
  }

  static std::vector<dialog::SayEffect> says_of(const dialog::Turn& turn) {
    std::vector<dialog::SayEffect> says;
    for (const dialog::Effect& effect : turn.effects) {
      if (const auto* one = std::get_if<dialog::SayEffect>(&effect)) says.push_back(*one);
    }
    return says;
  }

  // Staff need not wait for the morning. A case is opened once, with the rest.
  void open_tasks(const dialog::Turn& turn) {
    std::vector<dialog::Effect> tasks;
    for (const dialog::Effect& effect : turn.effects) {
      if (std::holds_alternative<dialog::TaskEffect>(effect)) tasks.push_back(effect);
    }
    do_effects(transaction_, address_, {}, std::move(tasks), now_);
  }

  Departed say(const Conversation& before, Conversation& next, std::vector<dialog::SayEffect> says,
               const Locale& locale) {
    if (discreet_ || says.empty()) return {};
    says = with_words({transaction_, content_, address_, now_}, std::move(says), locale);
    const Texts texts = compose(content_, says, locale, next, now_);
    const auto address = store::find_address_of(transaction_, address_);
    if (texts.empty() || !address) return {};
    const OwnMessage message{{address_, *address},
                             fmt::format("question:{}:{}", address_.value, before.version),
                             locale,
                             {MessageClass::notice, false, false, now_ + lasts}};
    Departed departed = enqueue_own(transaction_, content_, channels_, message, texts, false, now_);
    if (departed.kind == Departed::Kind::queued) next.last_reply = locale;
    return departed;
  }

  store::Transaction& transaction_;
  const Content& content_;
  const ChannelBook& channels_;
  AddressId address_;
  TimePoint now_;
  bool discreet_;
};

}  // namespace

void plan_time_out(store::Transaction& transaction, AddressId address, const Conversation& before,
                   const Conversation& next) {
  const auto was = dialog::next_time_out(before);
  const auto is = dialog::next_time_out(next);
  if (was == is) return;
  const std::string kind(question_due);
  if (was) store::remove_due_of(transaction, kind, address.value);
  if (is) store::add_due(transaction, {*is, kind, address.value});
}

std::vector<dialog::Taken> time_out(store::Transaction& transaction, const Content& content,
                                    const ChannelBook& channels, AddressId address, TimePoint now) {
  return Waker(transaction, content, channels, address, now).run();
}

}  // namespace passerelle::turns
