#include "outbox/settle.hpp"

#include "store/channel_state.hpp"
#include "store/conversation.hpp"

namespace passerelle::outbox {
namespace {

struct Settle {
  store::Transaction& transaction;
  const Settlement& settlement;
  TimePoint now;

  OutboundId message() const { return settlement.attempt.message; }

  void operator()(const Sent& sent) const {
    store::mark_accepted(transaction, settlement.attempt, settlement.channel, sent.provider_id, now);
  }
  void operator()(const Wait& wait) const {
    if (wait.untried)
      store::put_back(transaction, message(), wait.why, wait.until);
    else
      store::mark_waiting(transaction, message(), wait.why, wait.until);
  }
  void operator()(const PutBack& put_back) const {
    store::put_back(transaction, message(), put_back.why, now);
    store::stop_misconfigured(transaction, settlement.channel, put_back.why, now);
  }
  void operator()(const Failed& failed) const { store::mark_failed(transaction, message(), failed.why, now); }
  void operator()(const StoppedThere&) const {
    store::mark_failed(transaction, message(), "opted_out", now);
    store::record_opt_out(transaction, settlement.address, now);
  }
  void operator()(const Uncertain& uncertain) const {
    store::mark_uncertain(transaction, settlement.attempt, uncertain.why, now);
    if (uncertain.stops_channel) store::stop_misconfigured(transaction, settlement.channel, uncertain.why, now);
    // A receipt that comes before then moves it on, and it is not sent again.
    if (uncertain.again && store::send_again_once(transaction, message(), now)) {
      store::mark_waiting(transaction, message(), uncertain.why, *uncertain.again);
    }
  }
};

}  // namespace

void settle(store::Transaction& transaction, const Settlement& settlement, TimePoint now) {
  std::visit(Settle{transaction, settlement, now}, settlement.judgement);
}

std::int64_t settle_earlier_run(store::Transaction& transaction, const std::map<std::string, Manners>& channels,
                                TimePoint now) {
  const std::vector<store::Leased> leased = store::leased_by_earlier_run(transaction);
  for (const store::Leased& each : leased) {
    const auto found = channels.find(each.channel);
    const Manners manners = found != channels.end() ? found->second : Manners{};
    About about;
    about.message_class = each.message_class;
    about.takes_reference = manners.takes_reference;
    about.resend_once = manners.resend_once;
    const Verdict verdict = judge(NoResponse{true, "restart"}, about, now, 0);
    settle(transaction, {each.channel, each.attempt, {}, verdict.message}, now);
  }
  return static_cast<std::int64_t>(leased.size());
}

}  // namespace passerelle::outbox
