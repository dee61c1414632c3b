#include "clock_driver.hpp"

#include <algorithm>

#include "base/timer.hpp"
#include "store/transact.hpp"

namespace passerelle {
namespace {

constexpr std::chrono::milliseconds between_looks{1};

// Frees the driver for the next move, also when the task is dropped half way.
struct Move {
  std::atomic<bool>& moving;
  ~Move() { moving = false; }
};

}  // namespace

Task<result<void>> ClockDriver::advance(TimePoint to, std::chrono::milliseconds patience) {
  const Deadline deadline = std::chrono::steady_clock::now() + patience;
  if (moving_.exchange(true)) co_return Error{"the clock is being moved already: wait for that to end", ""};
  const Move move{moving_};
  if (to < clock_.now()) co_return Error{"the clock shows a later time already: it only moves forward", ""};
  co_return co_await step_to(to, deadline);
}

// Steps are bounded by the deadline, which every one of them looks at.
Task<result<void>> ClockDriver::step_to(TimePoint to, Deadline deadline) {
  for (;;) {
    result<void> settled = co_await settle(deadline);
    if (!settled || clock_.now() >= to) co_return settled;
    const TimePoint next = std::min(next_wake().value_or(to), to);
    clock_.set(std::max(next, clock_.now()));
    for (const Worker& worker : workers_) worker.ring();
  }
}

// One worker's commit may ring another after the first one has come to rest. Rings are told before any
// later batch is answered, so that whoever is idle before and after a transaction of ours has nothing to do.
Task<result<void>> ClockDriver::settle(Deadline deadline) {
  while (std::chrono::steady_clock::now() < deadline) {
    if (all_idle()) {
      const auto done = co_await store::transact(writer_, store::Lane::interactive, [](store::Transaction&) {});
      if (!done && done.error().failure == store::Failure::stopped) co_return Error{"the server is stopping", ""};
      if (done && all_idle()) co_return result<void>{};
    }
    co_await wait_for(between_looks);
  }
  co_return Error{"what was due is not done yet: ask again later, or look for a gateway that does not answer", ""};
}

bool ClockDriver::all_idle() const {
  return std::ranges::all_of(workers_, [](const Worker& worker) { return worker.idle(); });
}

std::optional<TimePoint> ClockDriver::next_wake() const {
  std::optional<TimePoint> next;
  for (const Worker& worker : workers_) {
    const auto wake = worker.next_wake();
    if (wake && (!next || *wake < *next)) next = wake;
  }
  return next;
}

}  // namespace passerelle
