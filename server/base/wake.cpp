#include "base/wake.hpp"

#include <algorithm>

namespace passerelle {
namespace {

// The system's clock may be set, and a machine may sleep: nobody relies on having counted the time right for longer.
constexpr std::chrono::minutes longest_nap{1};

}  // namespace

void Wake::looking() {
  const std::lock_guard lock(mutex_);
  heard_ = rings_;
  resting_ = false;
}

Task<void> Wake::rest(std::optional<TimePoint> until) {
  if (until && clock_.now() >= *until) co_return;
  {
    const std::lock_guard lock(mutex_);
    resting_ = true;
    until_ = until;
  }
  while (!rung()) {
    Milliseconds nap = longest_nap;
    if (until && clock_.moves_by_itself()) nap = std::min(nap, *until - clock_.now());
    if (nap <= Milliseconds(0)) co_return;
    co_await alarm_.sleep(nap);
  }
}

void Wake::ended() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  over_.notify_all();
}

bool Wake::wait_until_ended(Milliseconds longest) {
  std::unique_lock lock(mutex_);
  return over_.wait_for(lock, longest, [this] { return ended_ && under_way_ == 0; });
}

void Wake::begun() {
  const std::lock_guard lock(mutex_);
  ++under_way_;
}

void Wake::finished() {
  const std::lock_guard lock(mutex_);
  --under_way_;
  over_.notify_all();
  ++rings_;
  alarm_.ring();
}

void Wake::ring() {
  const std::lock_guard lock(mutex_);
  ++rings_;
  alarm_.ring();
}

bool Wake::idle() const {
  const std::lock_guard lock(mutex_);
  return under_way_ == 0 && (ended_ || (resting_ && rings_ == heard_));
}

std::optional<TimePoint> Wake::next() const {
  const std::lock_guard lock(mutex_);
  return ended_ || !resting_ ? std::nullopt : until_;
}

bool Wake::rung() const {
  const std::lock_guard lock(mutex_);
  return rings_ != heard_;
}

}  // namespace passerelle
