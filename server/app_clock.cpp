#include "app_clock.hpp"

#include "base/timer.hpp"
#include "base/zone.hpp"

namespace passerelle {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_again{1};
constexpr std::chrono::minutes longest_wait{1};
constexpr int most_steps = 1'000'000;

}  // namespace

Task<result<TimePoint>> ClockDriver::advance(TimePoint to) {
  if (moving_.exchange(true)) co_return Error{"the clock is being moved already; wait until that is done", "time"};
  result<TimePoint> reached = co_await step_until(to);
  moving_ = false;
  co_return reached;
}

Task<result<TimePoint>> ClockDriver::step_until(TimePoint to) {
  if (to < clock_.now())
    co_return Error{"it is " + format_instant(clock_.now()) + " already, and time does not go back", "time"};
  for (int step = 0; step < most_steps; ++step) {
    const bool quiet = co_await settled();
    if (!quiet)
      co_return Error{"after a minute a gateway has still not answered; it is " + format_instant(clock_.now()), ""};
    const std::optional<TimePoint> next = departures_.next_wake();
    // What it wakes for at this very moment has been looked at: only a later time is a step.
    if (!next || *next > to || *next <= clock_.now()) break;
    clock_.set(*next);
  }
  clock_.set(to);
  const bool quiet = co_await settled();
  if (!quiet) co_return Error{"after a minute a gateway has still not answered", ""};
  co_return clock_.now();
}

Task<bool> ClockDriver::settled() {
  departures_.ring();
  for (const auto end = steady_clock::now() + longest_wait; steady_clock::now() < end;) {
    if (departures_.idle()) co_return true;
    co_await wait_for(look_again);
  }
  co_return false;
}

}  // namespace passerelle
