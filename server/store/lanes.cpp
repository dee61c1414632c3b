#include "store/lanes.hpp"

namespace passerelle::store {

Failure Lanes::push(Lane which, std::unique_ptr<Job>& job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return Failure::stopped;
    if (interactive_.size() + bulk_.size() >= bound_) return Failure::full_queue;
    lane(which).push_back({std::move(job), std::chrono::steady_clock::now()});
  }
  something_.notify_one();
  return Failure::none;
}

std::unique_ptr<Job> Lanes::pop(Lane which) {
  const std::lock_guard lock(mutex_);
  std::deque<Waiting>& waiting = lane(which);
  if (waiting.empty()) return nullptr;
  std::unique_ptr<Job> job = std::move(waiting.front().job);
  waiting.pop_front();
  return job;
}

bool Lanes::empty() const {
  const std::lock_guard lock(mutex_);
  return interactive_.empty() && bulk_.empty();
}

bool Lanes::wait() {
  std::unique_lock lock(mutex_);
  something_.wait(lock, [this] { return stopped_ || !interactive_.empty() || !bulk_.empty(); });
  return !interactive_.empty() || !bulk_.empty();
}

void Lanes::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  something_.notify_one();
}

std::chrono::steady_clock::duration Lanes::oldest_wait() const {
  const std::lock_guard lock(mutex_);
  if (interactive_.empty()) return {};
  return std::chrono::steady_clock::now() - interactive_.front().since;
}

}  // namespace passerelle::store
