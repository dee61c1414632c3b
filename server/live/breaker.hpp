// Leaves a Redis alone that fails. One failure opens the breaker, because every look that waits in vain costs a person
// 20 ms; then one probe after the other, further and further apart, never more than two seconds. Pure: time and chance
// are arguments.
#pragma once

#include <algorithm>
#include <chrono>

namespace passerelle::live {

class Breaker {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  using Milliseconds = std::chrono::milliseconds;
  enum class State { open, half_open, closed };
  static constexpr Milliseconds shortest{100};
  static constexpr Milliseconds longest{2'000};
  static constexpr Milliseconds proven{5'000};  // well for so long: the next failure is a first one

  State state() const { return state_; }
  Instant probe_at() const { return probe_at_; }  // while it is open

  // True: the caller is the one who tries, and tells passed() or failed().
  bool probe(Instant now) {
    if (state_ != State::open || now < probe_at_) return false;
    state_ = State::half_open;
    return true;
  }

  void passed(Instant now) {
    state_ = State::closed;
    closed_at_ = now;
  }

  // 'chance' is between 0 and 1: servers that lost the same Redis do not come back in step.
  void failed(Instant now, double chance) {
    if (state_ == State::closed && now - closed_at_ >= proven) pause_ = shortest;
    const double share = 0.5 + std::clamp(chance, 0.0, 1.0) / 2;
    probe_at_ = now + std::chrono::duration_cast<Milliseconds>(pause_ * share);
    pause_ = std::min(pause_ * 2, longest);
    state_ = State::open;
  }

 private:
  State state_ = State::open;
  Instant probe_at_{};
  Instant closed_at_{};
  Milliseconds pause_ = shortest;
};

}  // namespace passerelle::live
