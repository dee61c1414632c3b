#include "live/condition.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace passerelle::live {

void Condition::connected(std::size_t thread) {
  const std::lock_guard lock(mutex_);
  connected_.at(thread) = true;
  tell("connected");
}

void Condition::lost(std::size_t thread, const std::string& why) {
  const std::lock_guard lock(mutex_);
  connected_.at(thread) = false;
  // What it refused, another one may take: the next write tells.
  refusing_ = false;
  tell(why);
}

void Condition::refused(const std::string& why, Instant now) {
  const std::lock_guard lock(mutex_);
  refused_at_ = now;
  refusing_ = true;
  tell(why);
}

void Condition::accepted(Instant now) {
  const std::lock_guard lock(mutex_);
  if (!refusing_ || now - refused_at_ < settled) return;
  refusing_ = false;
  tell("writes");
}

State Condition::state() const {
  const std::lock_guard lock(mutex_);
  return worst();
}

State Condition::worst() const {
  if (std::ranges::find(connected_, false) != connected_.end()) return State::down;
  return refusing_ ? State::refusing : State::up;
}

// One of several threads that has no connection yet is no news at the start.
void Condition::tell(const std::string& why) {
  const State now = worst();
  if (now == told_ && (!first_ || why == "connected")) return;
  first_ = false;
  told_ = now;
  log::event(now == State::up ? log::Level::info : log::Level::warning, "session_store",
             {{"state", to_string(now)}, {"why", why}});
}

}  // namespace passerelle::live
