// Moves the clock of a server that was started with --clock, as if the time between had passed: what is due in between
// happens at its time, in order, and each answer is waited for.
#pragma once

#include <atomic>

#include "app_departures.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"

namespace passerelle {

class ClockDriver {
 public:
  ClockDriver(ManualClock& clock, Departures& departures) : clock_(clock), departures_(departures) {}

  // The time that it is then. Errors: time does not go back; somebody else is moving it; a gateway did not answer for
  // a minute of real time (the clock then stands where that was).
  Task<result<TimePoint>> advance(TimePoint to);

 private:
  Task<result<TimePoint>> step_until(TimePoint to);
  Task<bool> settled();

  ManualClock& clock_;
  Departures& departures_;
  std::atomic<bool> moving_ = false;
};

}  // namespace passerelle
