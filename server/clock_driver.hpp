// Moves a clock that stands still (serve --clock) from one thing that is due to the next, as if the time had passed.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "store/writer.hpp"

namespace passerelle {

// What waits for times: schedule, outbox. All three are called on any thread.
struct Worker {
  std::function<void()> ring;  // look again: the clock was moved
  std::function<bool()> idle;  // at this time it has nothing to do
  std::function<std::optional<TimePoint>()> next_wake;
};

// Clock, writer and what the workers call outlive it, and it outlives its tasks.
class ClockDriver {
 public:
  ClockDriver(ManualClock& clock, store::Writer& writer, std::vector<Worker> workers)
      : clock_(clock), writer_(writer), workers_(std::move(workers)) {}

  // Ends when the clock shows 'to' and every worker is idle: whatever was due until then has been done at its own time.
  // Errors, with the clock left where it got to: 'to' has passed, another move is under way, the workers were not done
  // within 'patience' of real time.
  Task<result<void>> advance(TimePoint to, std::chrono::milliseconds patience);

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  Task<result<void>> step_to(TimePoint to, Deadline deadline);
  Task<result<void>> settle(Deadline deadline);
  bool all_idle() const;
  std::optional<TimePoint> next_wake() const;

  ManualClock& clock_;
  store::Writer& writer_;
  const std::vector<Worker> workers_;
  std::atomic<bool> moving_ = false;
};

}  // namespace passerelle
