// Time is a parameter: everything that needs "now" is handed a Clock or a TimePoint.
#pragma once

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
};

class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
  }
};

// Stands still until it is moved; tests and the simulator use it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : now_(start) {}
  TimePoint now() const override { return now_; }
  void set(TimePoint time) { now_ = time; }

 private:
  TimePoint now_;
};

}  // namespace passerelle
