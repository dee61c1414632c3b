#include "outbox/judgement.hpp"

#include <algorithm>

namespace passerelle::outbox {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Milliseconds first_back_off = seconds(5);
constexpr Milliseconds longest_back_off = minutes(15);
constexpr Milliseconds shortest_back_off = seconds(1);
constexpr Milliseconds longest_retry_after = std::chrono::hours(1);
// The gateway says "too fast" and not for how long: the others of the channel need not find out one by one.
constexpr Milliseconds breath = seconds(1);
// Before the second sending, so that a receipt of the first has time to come. A cry for help does not wait for it.
constexpr Milliseconds wait_for_receipt = minutes(1);
constexpr Milliseconds crisis_wait_for_receipt = seconds(5);

std::optional<TimePoint> once_more(const About& about, TimePoint now) {
  const bool crisis = about.message_class == MessageClass::crisis;
  const bool may = about.resend_once && (crisis || about.message_class == MessageClass::reminder);
  if (!may || about.resent) return std::nullopt;
  const TimePoint again = now + (crisis ? crisis_wait_for_receipt : wait_for_receipt);
  // Queued again it would only expire, and "expired" is known not to have been sent.
  if (about.not_after && again >= *about.not_after) return std::nullopt;
  return again;
}

Judgement nobody_knows(const std::string& why, const About& about, TimePoint now, double random) {
  if (about.takes_reference) return Wait{now + back_off(about.attempt, random), why};
  return Uncertain{why, once_more(about, now), false};
}

struct Judge {
  const About& about;
  int status;
  TimePoint now;
  double random;

  Verdict operator()(const Accepted& accepted) const { return {Sent{accepted.provider_id}, Health::well, {}}; }

  Verdict operator()(const RetryLater& later) const {
    const bool ill = status >= 500;
    const Health health = ill ? Health::ill : Health::unclear;
    if (later.after > seconds(0)) {
      const TimePoint then = now + std::min<Milliseconds>(later.after, longest_retry_after);
      return {Wait{then, later.why}, health, then};
    }
    const auto hold = ill ? std::nullopt : std::optional(now + breath);
    return {Wait{now + back_off(about.attempt, random), later.why}, health, hold};
  }

  Verdict operator()(const Ambiguous& ambiguous) const {
    const Health health = status >= 500 ? Health::ill : Health::unclear;
    if (!ambiguous.misconfigured) return {nobody_knows(ambiguous.why, about, now, random), health, {}};
    if (about.takes_reference) return {PutBack{ambiguous.why}, health, {}};
    return {Uncertain{ambiguous.why, once_more(about, now), true}, health, {}};
  }

  Verdict operator()(const Refused& refused) const { return {Failed{refused.why}, Health::well, {}}; }
  Verdict operator()(const OptedOut&) const { return {StoppedThere{}, Health::well, {}}; }
  Verdict operator()(const NeedsTemplate&) const { return {Failed{"needs_template"}, Health::well, {}}; }
  Verdict operator()(const Misconfigured& wrong) const { return {PutBack{wrong.why}, Health::unclear, {}}; }
};

}  // namespace

Milliseconds back_off(std::int64_t attempt, double random) {
  Milliseconds longest = first_back_off;
  for (std::int64_t i = 1; i < attempt && longest < longest_back_off; ++i) longest *= 2;
  longest = std::min(longest, longest_back_off);
  const auto drawn = static_cast<Milliseconds::rep>(static_cast<double>(longest.count()) * random);
  return std::max(Milliseconds(drawn), shortest_back_off);
}

Verdict judge(const Ending& ending, const About& about, TimePoint now, double random) {
  if (const auto* answered = std::get_if<Answered>(&ending)) {
    return std::visit(Judge{about, answered->status, now, random}, answered->outcome);
  }
  if (std::holds_alternative<TokenOver>(ending)) return {Wait{now, "token_over", true}, Health::unclear, {}};
  const NoResponse& none = std::get<NoResponse>(ending);
  if (none.ambiguous) return {nobody_knows(none.why, about, now, random), Health::ill, {}};
  return {Wait{now + back_off(about.attempt, random), none.why}, Health::ill, {}};
}

namespace {

struct Name {
  std::string_view operator()(const Sent&) const { return "sent"; }
  std::string_view operator()(const Wait&) const { return "wait"; }
  std::string_view operator()(const PutBack&) const { return "put_back"; }
  std::string_view operator()(const Failed&) const { return "failed"; }
  std::string_view operator()(const StoppedThere&) const { return "opted_out"; }
  std::string_view operator()(const Uncertain& uncertain) const {
    return uncertain.again ? "uncertain_again" : "uncertain";
  }
};

struct Reason {
  std::string_view operator()(const Sent&) const { return {}; }
  std::string_view operator()(const StoppedThere&) const { return {}; }
  std::string_view operator()(const auto& other) const { return other.why; }
};

}  // namespace

std::string_view name_of(const Judgement& judgement) { return std::visit(Name{}, judgement); }
std::string_view reason_of(const Judgement& judgement) { return std::visit(Reason{}, judgement); }

}  // namespace passerelle::outbox
