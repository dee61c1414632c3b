// The writer's queue: two lanes under one bound. Any thread pushes, the writer thread pops.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include "store/writer.hpp"

namespace passerelle::store {

class Lanes {
 public:
  explicit Lanes(std::size_t bound) : bound_(bound) {}

  // Takes the job only when it answers Failure::none.
  Failure push(Lane lane, std::unique_ptr<Job>& job);
  std::unique_ptr<Job> pop(Lane lane);  // null: the lane is empty
  bool empty() const;                   // both
  bool wait();                          // until there is a job; false: stopped, and both lanes are empty
  void stop();                          // what is queued stays, nothing new comes in

  std::chrono::steady_clock::duration oldest_wait() const;  // in the interactive lane; zero when empty

 private:
  struct Waiting {
    std::unique_ptr<Job> job;
    std::chrono::steady_clock::time_point since;
  };

  std::deque<Waiting>& lane(Lane which) { return which == Lane::interactive ? interactive_ : bulk_; }

  const std::size_t bound_;
  mutable std::mutex mutex_;
  std::condition_variable something_;
  std::deque<Waiting> interactive_;
  std::deque<Waiting> bulk_;
  bool stopped_ = false;
};

}  // namespace passerelle::store
