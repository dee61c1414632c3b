#include "turns/take_in.hpp"

#include "base/log.hpp"
#include "store/conversation.hpp"
#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "store/task.hpp"
#include "turns/enqueue.hpp"
#include "turns/route.hpp"

namespace passerelle::turns {
namespace {

class Taker {
 public:
  Taker(store::Transaction& transaction, const Content& content, const Arrival& arrival, TimePoint now)
      : transaction_(transaction), content_(content), arrival_(arrival), now_(now) {}

  TakenIn take_in() {
    const store::Remembered remembered = store::remember(transaction_, arrival_.message, now_);
    taken_.inbound = remembered.id;
    to_ = {remembered.address, arrival_.message.from};
    if (remembered.repeated) {
      taken_.repeated = true;
      taken_.replies = store::inline_replies_of(transaction_, remembered.id);
    } else if (arrival_.muted && !must_be_heard()) {
      store::open_task(transaction_, "flood", to_.id, taken_.inbound, now_);
      store::mark_processed(transaction_, taken_.inbound, now_);
    } else {
      answer();
    }
    return std::move(taken_);
  }

 private:
  // A cry for help and a STOP count however often somebody writes.
  bool must_be_heard() const {
    const auto decision = language::decide(arrival_.reading, content_.association.site_language, false);
    return decision.kind == language::Decision::Kind::act &&
           (decision.intent == Intent::danger || decision.intent == Intent::stop);
  }

  // A turn that fails takes nothing else with it: the message stays, and a person will read it.
  void answer() {
    try {
      transaction_.savepoint([this] { turn(); });
    } catch (const std::exception& error) {
      stuck(error.what());
    }
  }

  void turn() {
    Conversation before = current();
    Routed routed = route(content_, before, arrival_.reading, arrival_.message.kind, now_);
    Conversation next = std::move(routed.turn.next);
    std::vector<dialog::SayEffect> says;
    for (dialog::Effect& effect : routed.turn.effects) apply(effect, says);
    const std::vector<std::string> texts = compose(content_, says, routed.reply_in, next, now_);
    taken_.replies = enqueue_replies(transaction_, to_, taken_.inbound, routed.reply_in, texts, now_);
    next.version = before.version + 1;
    store::save_conversation(transaction_, to_.id, next, now_);
    store::mark_processed(transaction_, taken_.inbound, now_);
    taken_.conversation = std::move(next);
  }

  Conversation current() {
    if (arrival_.copy && arrival_.copy->version == store::conversation_version(transaction_, to_.id))
      return *arrival_.copy;
    return store::load_conversation(transaction_, to_.id);
  }

  void apply(dialog::Effect& effect, std::vector<dialog::SayEffect>& says) {
    struct Visitor {
      Taker& taker;
      std::vector<dialog::SayEffect>& says;
      void operator()(dialog::SayEffect& say) const { says.push_back(std::move(say)); }
      void operator()(const dialog::TaskEffect& task) const {
        store::open_task(taker.transaction_, task.kind, taker.to_.id, taker.taken_.inbound, taker.now_);
      }
      void operator()(const dialog::CaseEffect& opened) const {
        store::open_case(taker.transaction_, opened.kind, taker.to_.id, opened.answers, taker.now_);
      }
    };
    std::visit(Visitor{*this, says}, effect);
  }

  void stuck(const char* why) {
    log::error("turn.stuck", {{"inbound", taken_.inbound.value}, {"why", why}});
    taken_.stuck = true;
    taken_.replies.clear();
    store::mark_stuck(transaction_, taken_.inbound, why, now_);
    store::open_task(transaction_, "stuck", to_.id, taken_.inbound, now_);
    const Locale& site = content_.association.site_language;
    Conversation unread;  // the conversation may be what broke: say it in the site's language
    const auto texts = compose(content_, {{"common.stuck", {}}}, site, unread, now_);
    taken_.replies = enqueue_replies(transaction_, to_, taken_.inbound, site, texts, now_);
  }

  store::Transaction& transaction_;
  const Content& content_;
  const Arrival& arrival_;
  TimePoint now_;
  Destination to_;
  TakenIn taken_;
};

}  // namespace

TakenIn take_in(store::Transaction& transaction, const Content& content, const Arrival& arrival, TimePoint now) {
  return Taker(transaction, content, arrival, now).take_in();
}

}  // namespace passerelle::turns
