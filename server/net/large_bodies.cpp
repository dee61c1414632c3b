#include "net/large_bodies.hpp"

#include <algorithm>

namespace passerelle::net {

bool LargeBodies::enter(LargeBody& body, std::size_t most, Instant now) {
  const std::lock_guard lock(mutex_);
  if (here_.size() >= most) {
    LargeBody* leaving = who_gives_way(body.peer_, now);
    if (leaving == nullptr) return false;
    std::erase(here_, leaving);
    leaving->give_way_();  // under the lock: its owner cannot end meanwhile
  }
  body.since_ = now;
  here_.push_back(&body);
  return true;
}

void LargeBodies::leave(LargeBody& body) {
  const std::lock_guard lock(mutex_);
  std::erase(here_, &body);
}

std::size_t LargeBodies::held_by(const std::string& peer) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(here_, [&](const LargeBody* body) { return body->peer_ == peer; }));
}

bool LargeBodies::lags(const LargeBody& body, Instant now) const {
  const std::chrono::milliseconds bought(body.bytes_.load(std::memory_order_relaxed) * 1000 / terms_.rate);
  return now > body.since_ + terms_.grace + bought;
}

// Of the peer that holds most places, the body that has had most time for what it brought.
LargeBody* LargeBodies::greediest() const {
  LargeBody* found = nullptr;
  std::size_t most = 0;
  for (LargeBody* body : here_) {
    if (body->whole_.load(std::memory_order_relaxed)) continue;
    const std::size_t held = held_by(body->peer_);
    if (held < most || (held == most && found != nullptr && body->since_ >= found->since_)) continue;
    found = body;
    most = held;
  }
  return found;
}

// Behind a proxy all come from one peer: then only who lags gives way.
LargeBody* LargeBodies::who_gives_way(const std::string& newcomer, Instant now) const {
  for (LargeBody* body : here_) {
    if (!body->whole_.load(std::memory_order_relaxed) && lags(*body, now)) return body;
  }
  LargeBody* greedy = greediest();
  const bool unfair = greedy != nullptr && greedy->peer_ != newcomer && held_by(greedy->peer_) > held_by(newcomer) + 1;
  return unfair ? greedy : nullptr;
}

}  // namespace passerelle::net
