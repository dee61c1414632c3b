#include "outbox/dispatcher.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/log.hpp"
#include "base/wake.hpp"
#include "outbox/ask_for_token.hpp"
#include "outbox/circuit_breaker.hpp"
#include "outbox/look.hpp"
#include "outbox/settle.hpp"
#include "store/channel_state.hpp"
#include "store/transact.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_taken = 32;    // in one transaction
constexpr milliseconds first_pause{100};  // after a transaction that the store could not keep
constexpr milliseconds longest_pause{5000};

// A quarter of the requests, at least one, is kept for crisis and reply; not the only one.
std::size_t kept_free(std::size_t parallel) { return std::min(std::max<std::size_t>(1, parallel / 4), parallel - 1); }

bool is_lower(MessageClass message_class) { return message_class > MessageClass::reply; }

}  // namespace

struct Dispatcher::State {
  explicit State(Parts given)
      : parts(std::move(given)),
        traits(parts.channel.traits()),
        parallel(std::max<std::size_t>(1, parts.policy.parallel)),
        wake(parts.executor, parts.clock),
        bucket(parts.policy.per_hour, parts.clock.now()) {}

  // The loop, and one task for each message that it took.
  static Task<void> run(std::shared_ptr<State> state);
  static Task<void> send(std::shared_ptr<State> state, store::Taken taken);

  Task<std::optional<Look>> look();  // nothing: the store has stopped
  Task<void> sign_in();
  Task<Ending> send_request(OutgoingRequest request);
  Task<Ending> hand_over(const OutboundMessage& message, std::size_t part, TimePoint now);
  Task<Verdict> attempt(const store::Taken& taken, std::size_t requests);
  Task<void> write_down(Settlement settlement);

  bool signs_in() const { return !traits.sign_in_url.empty(); }
  Room room(TimePoint now) const;
  void begin(const store::Taken& taken);
  void end(MessageClass message_class);
  bool adopt(const Look& look);  // false: it was taken under conditions that no longer hold, look again
  void hear(const Verdict& verdict);
  void tell(const store::Taken& taken, const Judgement& judgement) const;

  const Parts parts;
  const Traits traits;
  const std::size_t parallel;
  Wake wake;
  std::atomic<bool> stopping = false;

  // On the executor's thread only.
  TokenBucket bucket;
  CircuitBreaker breaker;
  SignIn signing;
  std::optional<TimePoint> hold;  // what the gateway asked for
  std::size_t under_way = 0;
  std::size_t lower_under_way = 0;
  bool paused = false;

  mutable std::mutex mutex;
  Counters counters;
};

Room Dispatcher::State::room(TimePoint now) const {
  Room room;
  room.all = std::min({parallel - under_way, breaker.room(now), most_taken});
  const std::size_t lower = parallel - kept_free(parallel);
  room.lower = lower - std::min(lower, lower_under_way);
  room.from = hold;
  if (breaker.room(now) == 0) room.from = std::max(room.from, breaker.next_probe());
  room.lacks_token = signs_in() && !signing.has_fresh(now);
  if (room.lacks_token) room.from = std::max(room.from, signing.next_try());
  return room;
}

void Dispatcher::State::begin(const store::Taken& taken) {
  ++under_way;
  if (is_lower(taken.message.message_class)) ++lower_under_way;
  breaker.begun(parts.clock.now());
  wake.begun();
  const std::lock_guard lock(mutex);
  counters.in_flight = under_way;
}

void Dispatcher::State::end(MessageClass message_class) {
  --under_way;
  if (is_lower(message_class)) --lower_under_way;
  {
    const std::lock_guard lock(mutex);
    counters.in_flight = under_way;
  }
  wake.finished();
}

// Whoever resumed the channel has mended it: what we thought of the gateway is of the past.
bool Dispatcher::State::adopt(const Look& look) {
  bucket = look.bucket;
  const bool resumed = paused && !look.paused;
  if (resumed) {
    breaker.close();
    signing.begin_anew();
    hold.reset();
  }
  paused = look.paused;
  const std::lock_guard lock(mutex);
  counters.paused = paused;
  counters.failing = breaker.is_open();
  counters.signed_out = signing.is_failing() && look.waits_for_token;
  return !resumed;
}

void Dispatcher::State::hear(const Verdict& verdict) {
  breaker.heard(verdict.channel, parts.clock.now());
  hold = std::max(hold, verdict.hold);
  const std::lock_guard lock(mutex);
  counters.failing = breaker.is_open();
  struct Count {
    Counters& counters;
    void operator()(const Sent&) const { ++counters.sent; }
    void operator()(const Wait&) const { ++counters.retried; }
    void operator()(const PutBack&) const { ++counters.retried; }
    void operator()(const Failed&) const { ++counters.failed; }
    void operator()(const StoppedThere&) const { ++counters.failed; }
    void operator()(const Uncertain&) const { ++counters.uncertain; }
  };
  std::visit(Count{counters}, verdict.message);
}

void Dispatcher::State::tell(const store::Taken& taken, const Judgement& judgement) const {
  log::info("outbound", {{"ch", parts.name},
                         {"id", taken.message.id.value},
                         {"part", static_cast<std::int64_t>(taken.part)},
                         {"attempt", taken.attempt},
                         {"outcome", name_of(judgement)},
                         {"why", reason_of(judgement)}});
}

Task<std::optional<Look>> Dispatcher::State::look() {
  for (milliseconds pause = first_pause;; pause = std::min(pause * 2, longest_pause)) {
    wake.looking();
    const TimePoint now = parts.clock.now();
    auto done = co_await store::transact(
        parts.writer, store::Lane::interactive,
        [this, now, room = room(now), tokens = bucket](store::Transaction& transaction) {
          return outbox::look(transaction, {parts.channel, parts.name, parts.may_leave}, room, tokens, now);
        });
    if (done) co_return std::move(*done);
    if (done.error().failure == store::Failure::stopped || stopping) co_return std::nullopt;
    log::error("outbox.not_taken", {{"ch", parts.name}, {"why", done.error().why}});
    co_await wait_for(pause);
  }
}

Task<void> Dispatcher::State::run(std::shared_ptr<State> state) {
  while (!state->stopping) {
    const std::optional<Look> look = co_await state->look();
    if (!look) break;
    const bool adopted = state->adopt(*look);
    for (const store::Taken& taken : look->taken) {
      state->begin(taken);
      spawn(state->parts.executor, send(state, taken));
    }
    if (adopted && look->wants_token)
      co_await state->sign_in();
    else if (adopted && look->taken.size() < most_taken)
      co_await state->wake.rest(look->next);
  }
  state->wake.ended();
}

Task<Ending> Dispatcher::State::hand_over(const OutboundMessage& message, std::size_t part, TimePoint now) {
  if (!traits.place.empty()) {
    handover::Over over = co_await parts.carry(parts.channel.open_handover(message, now));
    if (over.reached) co_return Answered{std::move(over.outcome)};
    if (auto* ambiguous = std::get_if<Ambiguous>(&over.outcome)) co_return NoResponse{true, std::move(ambiguous->why)};
    auto* later = std::get_if<RetryLater>(&over.outcome);
    co_return NoResponse{false, later == nullptr ? "not reached" : std::move(later->why)};
  }
  co_return co_await send_request(parts.channel.write(message, part, now));
}

Task<Ending> Dispatcher::State::send_request(OutgoingRequest request) {
  const std::uint64_t number = signing.number();
  if (signs_in()) {
    if (signing.token() == nullptr) co_return TokenOver{};  // since it was taken
    parts.channel.add_token(request, *signing.token());
  }
  Exchange exchange = co_await parts.transport.send(std::move(request));
  const auto* response = std::get_if<HttpResponse>(&exchange);
  if (response == nullptr) co_return std::get<NoResponse>(std::move(exchange));
  if (signs_in()) {
    if (response->status != 401)
      signing.accepted(number);
    else if (signing.is_over(number, parts.clock.now()))
      co_return TokenOver{};
  }
  co_return Answered{parts.channel.judge(*response), response->status};
}

// In the loop, so that there is one at a time, and while nothing is leased for want of it: whatever happens meanwhile,
// a message that waits for a token is surely not sent. A pause that the store cannot keep is tried with the next token.
Task<void> Dispatcher::State::sign_in() {
  const std::string why =
      co_await ask_for_token({parts.transport, parts.channel, parts.clock, parts.name}, signing, parts.random());
  if (!why.empty()) {
    const auto stop = [this, &why, now = parts.clock.now()](store::Transaction& transaction) {
      store::stop_misconfigured(transaction, parts.name, why, now);
    };
    (void)co_await store::transact(parts.writer, store::Lane::interactive, stop);
  }
  const std::lock_guard lock(mutex);
  counters.signed_out = signing.is_failing();
}

// The clock may have moved since it was taken: what has passed its end expires with the next look.
Task<Verdict> Dispatcher::State::attempt(const store::Taken& taken, std::size_t requests) {
  const OutboundMessage& message = taken.message;
  const TimePoint now = parts.clock.now();
  if (message.not_after && now >= *message.not_after) co_return Verdict{Wait{now, "not_after"}, Health::unclear, {}};
  const Ending ending = co_await hand_over(message, requests > 1 ? taken.part : 0, now);
  const About about{message.message_class, taken.attempt,          taken.resent,
                    message.not_after,     traits.takes_reference, parts.policy.resend_once};
  co_return judge(ending, about, parts.clock.now(), parts.random());
}

// What came of it must not get lost while we live: the lease stays, and it is tried until the store keeps it. When we
// end before that, the next start finds the lease, and calls it uncertain.
Task<void> Dispatcher::State::write_down(Settlement settlement) {
  for (milliseconds pause = first_pause;; pause = std::min(pause * 2, longest_pause)) {
    const auto done = co_await store::transact(parts.writer, store::Lane::interactive,
                                               [&settlement, now = parts.clock.now()](store::Transaction& transaction) {
                                                 settle(transaction, settlement, now);
                                               });
    if (done || done.error().failure == store::Failure::stopped) co_return;
    log::error("outbox.not_settled",
               {{"ch", parts.name}, {"id", settlement.attempt.message.value}, {"why", done.error().why}});
    co_await wait_for(pause);
  }
}

Task<void> Dispatcher::State::send(std::shared_ptr<State> state, store::Taken taken) {
  // Also when a bug throws: the message keeps its lease, the channel goes on.
  struct Slot {
    State& state;
    MessageClass message_class;
    ~Slot() { state.end(message_class); }
  };
  const Slot slot{*state, taken.message.message_class};
  const std::size_t requests = state->parts.channel.requests(taken.message);
  Verdict verdict = co_await state->attempt(taken, requests);
  state->hear(verdict);
  state->tell(taken, verdict.message);
  co_await state->write_down(
      {state->parts.name, {taken.message.id, taken.part, requests}, taken.address, std::move(verdict.message)});
}

Dispatcher::Dispatcher(Parts parts) : state_(std::make_shared<State>(std::move(parts))) {}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start() { spawn(state_->parts.executor, State::run(state_)); }

void Dispatcher::ring() { state_->wake.ring(); }

void Dispatcher::stop() {
  state_->stopping = true;
  state_->wake.ring();
}

bool Dispatcher::wait_until_stopped(milliseconds longest) { return state_->wake.wait_until_ended(longest); }

bool Dispatcher::idle() const { return state_->wake.idle(); }

std::optional<TimePoint> Dispatcher::next_wake() const { return state_->wake.next(); }

Counters Dispatcher::counters() const {
  const std::lock_guard lock(state_->mutex);
  return state_->counters;
}

}  // namespace passerelle::outbox
