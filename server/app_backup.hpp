// The backups of a running server: every hour by itself, and whenever somebody asks; on a thread of their own, so that
// nobody waits for them.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

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
  void stop(std::chrono::milliseconds longest);  // gives up what is under way; not from the executor's thread

  // Any thread. Begins one, after the one that is under way; its number. Errors: there is no recipient.
  result<std::uint64_t> ask();
  // What came of it; nothing: it is not done after 'longest'.
  Task<std::optional<result<backup::Made>>> wait(std::uint64_t number, std::chrono::milliseconds longest);

  struct Figures {
    std::optional<TimePoint> newest;  // that is in the folder
    std::uint64_t failures = 0;       // since the start
  };
  Figures figures() const;
  Worker worker();  // for a clock that is moved by hand

 private:
  Task<void> run();
  Task<void> make();
  bool is_due() const;
  TimePoint next_look() const;
  std::optional<TimePoint> newest() const;

  const Config& config_;
  const Clock& clock_;
  Executor executor_;
  const std::optional<backup::Order> order_;
  boost::asio::thread_pool helper_{1};
  Wake wake_;
  std::atomic<bool> stopping_ = false;
  bool started_ = false;
  std::optional<TimePoint> not_before_;  // after a failure
  mutable std::mutex mutex_;
  std::uint64_t asked_ = 0, answered_ = 0, failures_ = 0;
  std::optional<result<backup::Made>> last_;
};

}  // namespace passerelle
