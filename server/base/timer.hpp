// co_await wait_for(…): lets time pass without holding a thread. Alarm: the same, and whoever has news can end it
// early.
#pragma once

#include <chrono>
#include <memory>

#include "base/task.hpp"

namespace passerelle {

Task<void> wait_for(std::chrono::milliseconds time);

// One sleeper at a time, on the executor that it was made with; any thread may ring. A ring that comes while nobody
// sleeps is kept: the next sleep ends at once. It goes before the executor's context does.
class Alarm {
 public:
  explicit Alarm(const Executor& executor);
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  Task<void> sleep(std::chrono::milliseconds longest);
  void ring();

 private:
  struct State;
  std::shared_ptr<State> state_;  // a ring may be on its way when the alarm goes
};

}  // namespace passerelle
