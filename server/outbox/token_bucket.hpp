// How fast a channel may send: so many segments an hour, as a SIM or a contract allows. Pure: time is an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "base/clock.hpp"

namespace passerelle::outbox {

class TokenBucket {
 public:
  // 'per_hour' segments; 0: no limit. A minute's worth of them (at least one) may go at once.
  TokenBucket(std::uint32_t per_hour, TimePoint now)
      : per_hour_(per_hour), burst_(std::max(1.0, per_hour / 60.0)), level_(burst_), filled_(now) {}

  bool limits() const { return per_hour_ > 0; }

  bool has_one(TimePoint now) {
    fill(now);
    return !limits() || level_ >= 1 - rounding;
  }

  // May go below zero: a message of several segments needs one to leave and owes the rest, and a crisis needs none.
  // Nobody waits longer than an hour for what was owed.
  void charge(std::size_t segments, TimePoint now) {
    fill(now);
    level_ = std::max(level_ - static_cast<double>(segments), -static_cast<double>(per_hour_));
  }

  // When has_one() will hold, if nothing is charged until then.
  TimePoint next(TimePoint now) {
    if (has_one(now)) return now;
    return now + Milliseconds(static_cast<std::int64_t>(std::ceil((1 - level_) / per_hour_ * hour)));
  }

 private:
  static constexpr double hour = 3'600'000;  // milliseconds
  static constexpr double rounding = 1e-6;

  // A clock that is set back gives nothing and takes nothing.
  void fill(TimePoint now) {
    const double passed = std::max(0.0, static_cast<double>((now - filled_).count()));
    level_ = std::min(burst_, level_ + passed / hour * per_hour_);
    filled_ = now;
  }

  double per_hour_;
  double burst_;
  double level_;
  TimePoint filled_;
};

}  // namespace passerelle::outbox
