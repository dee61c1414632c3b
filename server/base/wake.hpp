// How a worker waits that looks for work again and again: until a time by its clock, or until somebody rings. It also
// tells others whether the worker has anything to do, so that a clock that is moved by hand can be moved on.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "base/timer.hpp"

namespace passerelle {

// The worker's loop, on the executor's thread: looking(); look for work; co_await rest(when to look again). A ring that
// comes after looking() ends the rest at once, so nothing that it announces is missed. It goes before the executor's
// context does.
class Wake {
 public:
  Wake(const Executor& executor, const Clock& clock) : clock_(clock), alarm_(executor) {}

  void looking();
  // Until a ring, or 'until' by the clock (nothing: a ring only). With a clock that is moved by hand only a ring wakes:
  // whoever moves it rings.
  Task<void> rest(std::optional<TimePoint> until);
  void ended();  // the loop looks no more
  // Another thread, which waits: true once the loop has ended and nothing is under way.
  bool wait_until_ended(Milliseconds longest);

  // Work that was begun and goes on beside the loop. Its end rings.
  void begun();
  void finished();

  // Any thread, also after ended().
  void ring();
  bool idle() const;                      // at rest, no ring unheard, nothing under way
  std::optional<TimePoint> next() const;  // until when it rests, if by a time

 private:
  bool rung() const;

  const Clock& clock_;
  Alarm alarm_;
  mutable std::mutex mutex_;
  std::condition_variable over_;  // ended, or something finished
  std::uint64_t rings_ = 0;
  std::uint64_t heard_ = 0;
  std::uint64_t under_way_ = 0;
  bool resting_ = false;
  bool ended_ = false;
  std::optional<TimePoint> until_;
};

}  // namespace passerelle
