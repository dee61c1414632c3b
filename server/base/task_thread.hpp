// One thread for work that waits for the disk, so that no io thread does.
#pragma once

#include <functional>
#include <memory>

#include "base/task.hpp"

namespace passerelle {

// Works on one thing after the other. It goes before the context of whoever calls run().
class TaskThread {
 public:
  TaskThread();
  ~TaskThread();  // after what was begun
  TaskThread(const TaskThread&) = delete;
  TaskThread& operator=(const TaskThread&) = delete;

  // 'work' runs there; whoever awaits goes on where they were. What it throws is thrown here.
  Task<void> run(std::function<void()> work);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace passerelle
