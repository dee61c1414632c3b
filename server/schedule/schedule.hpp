// Runs the due rows of the store when their time has come: one timer, armed for the earliest.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/clock.hpp"
#include "base/task.hpp"
#include "store/due.hpp"
#include "store/writer.hpp"

namespace passerelle::schedule {

// What a row is for. On the writer thread, in a savepoint of the row's own, at or after its time; the row is removed
// with this work, in one transaction. Throwing is a bug: the row is told as stuck and does not come again.
using Work = std::function<void(store::Transaction&, const store::Due&, TimePoint now)>;

// Lives on 'executor', one io thread. It goes before the executor's context; writer and clock go after it.
class Schedule {
 public:
  struct Parts {
    store::Writer& writer;
    const Clock& clock;
    Executor executor;
    Work work;
  };

  explicit Schedule(Parts parts);
  ~Schedule();  // stop()
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  void start();  // once

  // Any thread.
  void ring();  // a due row was added, or the clock was moved
  void stop();  // takes no further rows
  bool idle() const;
  std::optional<TimePoint> next_wake() const;  // the earliest row, as of the last look

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace passerelle::schedule
