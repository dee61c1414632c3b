// Leaves a gateway alone that fails: after five failures in a row one request a minute tries whether it is back.
// Pure: time is an argument.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>

#include "base/clock.hpp"
#include "outbox/judgement.hpp"

namespace passerelle::outbox {

class CircuitBreaker {
 public:
  static constexpr int failures_to_open = 5;
  static constexpr std::chrono::minutes between_probes{1};
  static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

  bool is_open() const { return next_probe_.has_value(); }
  // How many requests may be begun now: any while it is closed; open: one when its minute has come, else none.
  std::size_t room(TimePoint now) const {
    if (!is_open()) return any;
    return now >= *next_probe_ ? 1 : 0;
  }
  std::optional<TimePoint> next_probe() const { return next_probe_; }  // nothing: it is closed

  void begun(TimePoint now) {
    if (is_open()) next_probe_ = now + between_probes;
  }

  // Requests that were begun before it opened count too: one good answer closes it.
  void heard(Health health, TimePoint now) {
    switch (health) {
      case Health::well: return close();
      case Health::unclear: return;
      case Health::ill: break;
    }
    if (++in_a_row_ >= failures_to_open && !is_open()) next_probe_ = now + between_probes;
  }

  void close() {
    in_a_row_ = 0;
    next_probe_.reset();
  }

 private:
  int in_a_row_ = 0;
  std::optional<TimePoint> next_probe_;
};

}  // namespace passerelle::outbox
