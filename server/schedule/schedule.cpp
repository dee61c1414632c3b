#include "schedule/schedule.hpp"

#include <algorithm>
#include <atomic>

#include "base/log.hpp"
#include "base/wake.hpp"
#include "store/activity.hpp"
#include "store/event.hpp"
#include "store/task.hpp"
#include "store/transact.hpp"
#include "turns/time_out.hpp"

namespace passerelle::schedule {
namespace {

constexpr std::size_t most_rows = 32;                  // in one transaction, so that nobody waits long behind it
constexpr std::chrono::milliseconds first_pause{100};  // after a transaction that the store could not keep
constexpr std::chrono::milliseconds longest_pause{5000};

struct Chunk {
  std::size_t rows = 0;
  std::optional<TimePoint> next;  // when to look again
};

// A person must do what the row was for: of an invitation, somebody looks at the appointment's phone; of a question, at
// the phone that it was asked on.
void tell_stuck(store::Transaction& transaction, const store::Due& due, const char* why, TimePoint now) {
  store::add_event(transaction, "due.stuck", due.ref, due.kind, now);
  if (due.kind.starts_with("remind.")) {
    const auto appointment = store::find_appointment(transaction, InvitationId{due.ref});
    if (appointment) store::open_task(transaction, "stuck", appointment->address, {}, now);
  }
  if (due.kind == turns::question_due) store::open_task(transaction, "stuck", AddressId{due.ref}, {}, now);
  // Only now: when the error took the whole transaction with it, the lines above have thrown, and the row comes again.
  log::error("due.stuck", {{"kind", due.kind}, {"ref", due.ref}, {"why", why}});
}

void run_row(store::Transaction& transaction, const Work& work, const store::Due& due, TimePoint now) {
  store::remove_due(transaction, due);  // first: the work may want the very same row again
  try {
    transaction.savepoint([&] { work(transaction, due, now); });
  } catch (const std::exception& error) {
    tell_stuck(transaction, due, error.what(), now);
  }
}

// One at a time: a row's work may take others back that are due as well.
Chunk run_chunk(store::Transaction& transaction, const Work& work, TimePoint now) {
  Chunk chunk;
  while (chunk.rows < most_rows) {
    const std::vector<store::Due> due = store::find_due(transaction, now, 1);
    if (due.empty()) break;
    run_row(transaction, work, due.front(), now);
    ++chunk.rows;
  }
  chunk.next = store::next_due(transaction);
  return chunk;
}

}  // namespace

struct Schedule::State {
  explicit State(Parts given) : parts(std::move(given)), wake(parts.executor, parts.clock) {}

  static Task<void> run(std::shared_ptr<State> state);

  const Parts parts;
  Wake wake;
  std::atomic<bool> stopping = false;
};

// A row that is due already stands for itself in chunk.next, so a full chunk is followed by the next one at once.
Task<void> Schedule::State::run(std::shared_ptr<State> state) {
  std::chrono::milliseconds pause = first_pause;
  while (!state->stopping) {
    state->wake.looking();
    auto done = co_await store::transact(
        state->parts.writer, store::Lane::bulk,
        [&parts = state->parts, now = state->parts.clock.now()](store::Transaction& transaction) {
          return run_chunk(transaction, parts.work, now);
        });
    if (done) {
      pause = first_pause;
      if (done->rows > 0) log::info("due", {{"rows", static_cast<std::int64_t>(done->rows)}});
      co_await state->wake.rest(done->next);
      continue;
    }
    if (done.error().failure == store::Failure::stopped) break;
    log::error("due.not_run", {{"why", done.error().why}});
    co_await wait_for(pause);
    pause = std::min(pause * 2, longest_pause);
  }
  state->wake.ended();
}

Schedule::Schedule(Parts parts) : state_(std::make_shared<State>(std::move(parts))) {}

Schedule::~Schedule() { stop(); }

void Schedule::start() { spawn(state_->parts.executor, State::run(state_)); }

void Schedule::ring() { state_->wake.ring(); }

void Schedule::stop() {
  state_->stopping = true;
  state_->wake.ring();
}

bool Schedule::idle() const { return state_->wake.idle(); }

std::optional<TimePoint> Schedule::next_wake() const { return state_->wake.next(); }

}  // namespace passerelle::schedule
