// The backups of a running server: every hour by itself, and whenever somebody asks; on a thread of their own, so that
// nobody waits for them.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "backup/make.hpp"
#include "backup/shelf.hpp"
#include "base/clock.hpp"
#include "base/task.hpp"
#include "base/wake.hpp"
#include "clock_driver.hpp"
#include "config.hpp"

namespace passerelle {

// What 'config' says of backups. Nothing: no recipient, and so none.
std::optional<backup::Order> backup_order(const Config& config);

class BackupRoutine {
 public:
  // On 'executor', one io thread's. Both outlive it; it goes before the executor's context.
  BackupRoutine(const Config& config, const Clock& clock, Executor executor);

  void start();
  // Gives up what is under way; not from the executor's thread. A disk that does not answer within 'longest' is left to
  // the end of the process.
  void stop(std::chrono::milliseconds longest);

  // Any thread. Begins one, after the one that is under way; its number. Errors: there is no recipient.
  result<std::uint64_t> ask();
  // What came of it; nothing: it is not done after 'longest'.
  Task<std::optional<result<backup::Made>>> wait(std::uint64_t number, std::chrono::milliseconds longest);

  struct Figures {
    std::optional<TimePoint> newest;  // that was in the folder when it was last looked at
    std::uint64_t failures = 0;       // since the start
  };
  Figures figures() const;  // waits for no disk
  Worker worker();          // for a clock that is moved by hand

  // What goes to the helper's thread, and comes back: what it found in the folder, and made.
  struct Seen {
    std::vector<backup::Kept> kept;
    std::optional<result<backup::Made>> made;
    std::uint64_t failures = 0;
  };
  struct Begun {
    backup::Order order;
    backup::Retention retention;
    TimePoint now{};
    std::uint64_t asked = 0;  // the number up to which it answers
    bool is_asked = false;
  };
  struct Ending {
    std::atomic<bool> stopping = false;
    std::atomic<bool> given_up = false;  // the routine is gone
  };

 private:
  Task<void> run();
  Begun begin() const;
  void finish(const Begun& begun, Seen seen);
  void keep(std::vector<backup::Kept> kept);
  bool is_due() const;
  TimePoint next_look() const;
  std::optional<TimePoint> newest() const;

  const Config& config_;
  const Clock& clock_;
  Executor executor_;
  const std::optional<backup::Order> order_;
  std::unique_ptr<boost::asio::thread_pool> helper_ = std::make_unique<boost::asio::thread_pool>(1);
  Wake wake_;
  const std::shared_ptr<Ending> ending_ = std::make_shared<Ending>();
  bool started_ = false;
  std::optional<TimePoint> not_before_;  // after a failure
  mutable std::mutex mutex_;
  std::uint64_t asked_ = 0, answered_ = 0, failures_ = 0;
  std::vector<backup::Kept> kept_;  // in the folder, when it was last looked at
  std::optional<result<backup::Made>> last_;
};

}  // namespace passerelle
