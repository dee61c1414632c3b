// Time is a parameter: everything that needs "now" is handed a Clock or a TimePoint.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace passerelle {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;  // an instant, UTC
using Milliseconds = std::chrono::milliseconds;

inline std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }
inline TimePoint from_ms(std::int64_t ms) { return TimePoint(Milliseconds(ms)); }

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  // False: only somebody's hand moves it, who then rings whoever waits for a time (base/wake.hpp).
  virtual bool moves_by_itself() const { return true; }
};

class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
  }
};

// Stands still until it is moved: serve --clock, tests and the simulator use it. Read and moved on any thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : now_(to_ms(start)) {}
  TimePoint now() const override { return from_ms(now_); }
  bool moves_by_itself() const override { return false; }
  void set(TimePoint time) { now_ = to_ms(time); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace passerelle
