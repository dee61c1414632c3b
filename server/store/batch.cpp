#include "store/batch.hpp"

#include "base/log.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

// Once the log is this long (4 MB) it is copied into the file; SQLite's own default.
constexpr int checkpoint_pages = 1000;

bool passing(int code) { return (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_BUSY; }

// A job that threw is undone alone. Throws when not even that is possible.
void undo(Database& database) {
  Statement(database, "ROLLBACK TO job").run();
  Statement(database, "RELEASE job").run();
}

}  // namespace

std::optional<std::string> Batch::run() {
  if (begin()) {
    run_interactive();
    run_bulk();
    if (std::optional<std::string> broken = commit()) return broken;
  }
  answer();
  if (database_.log_pages() < checkpoint_pages) return std::nullopt;
  // After the answers, so that nobody waits for it but the next batch. A reader may hold it up: then it comes later.
  const int code = database_.checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  if (code == SQLITE_OK || passing(code)) return std::nullopt;
  return "checkpoint: " + database_.last_error();
}

bool Batch::begin() {
  try {
    database_.begin();
    return true;
  } catch (const DatabaseError& error) {
    // No transaction, so no work: whoever waits now is told, or they would wait for the disk for ever.
    for (const Lane lane : {Lane::interactive, Lane::bulk}) {
      while (done_.size() < limits_.batch) {
        std::unique_ptr<Job> job = lanes_.pop(lane);
        if (job == nullptr) break;
        done_.push_back({std::move(job), Failure::none, {}});
      }
    }
    fail_all(error.what());
    return false;
  }
}

void Batch::run_interactive() {
  const auto deadline = SteadyClock::now() + limits_.batch_time;
  for (std::size_t count = 0; count < limits_.batch; ++count) {
    std::unique_ptr<Job> job = lanes_.pop(Lane::interactive);
    if (job == nullptr || !run_one(std::move(job)) || SteadyClock::now() >= deadline) return;
  }
}

void Batch::run_bulk() {
  const auto deadline = SteadyClock::now() + limits_.bulk_time;
  for (std::size_t count = 0; count < limits_.bulk_chunk; ++count) {
    if (database_.lost_transaction() || lanes_.oldest_wait() > limits_.bulk_yields_after) return;
    std::unique_ptr<Job> job = lanes_.pop(Lane::bulk);
    if (job == nullptr || !run_one(std::move(job)) || SteadyClock::now() >= deadline) return;
  }
}

bool Batch::run_one(std::unique_ptr<Job> job) {
  Done& done = done_.emplace_back(Done{std::move(job), Failure::none, {}});
  try {
    Statement(database_, "SAVEPOINT job").run();
    Transaction transaction(database_);
    done.job->run(transaction);
    Statement(database_, "RELEASE job").run();
    notes_.channels.insert(transaction.notes().channels.begin(), transaction.notes().channels.end());
    notes_.due = notes_.due || transaction.notes().due;
    notes_.media.insert(transaction.notes().media.begin(), transaction.notes().media.end());
    return true;
  } catch (const std::exception& error) {
    done.why = error.what();
  } catch (...) {
    done.why = "an exception of an unknown type";
  }
  done.failure = Failure::rolled_back;
  if (database_.lost_transaction()) return false;
  try {
    undo(database_);
    return true;
  } catch (const DatabaseError& error) {
    done.why += "; " + std::string(error.what());
    database_.roll_back();
    fail_all(error.what());
    return false;
  }
}

std::optional<std::string> Batch::commit() {
  if (!database_.open_transaction()) {
    // SQLite rolled back everything, jobs that had succeeded included; the last job's error says why.
    fail_all(done_.empty() ? std::string() : done_.back().why);
    database_.roll_back();
    return std::nullopt;
  }
  const int code = database_.commit();
  if (code == SQLITE_OK) return std::nullopt;
  const std::string why = database_.last_error();
  if (!passing(code)) return "COMMIT: " + why;
  database_.roll_back();
  if (database_.open_transaction()) return "ROLLBACK after a failed COMMIT: " + database_.last_error();
  fail_all(why);
  return std::nullopt;
}

void Batch::fail_all(const std::string& why) {
  notes_ = {};
  for (Done& done : done_) {
    if (done.failure != Failure::none) continue;
    done.failure = Failure::rolled_back;
    done.why = why;
  }
  log::error("batch_rolled_back", {{"jobs", static_cast<std::int64_t>(done_.size())}, {"why", why}});
}

void Batch::answer() {
  for (Done& done : done_) {
    if (done.failure != Failure::none) ++undone_;
    done.job->finished(done.failure, done.why);
    done.job.reset();
  }
  done_.clear();
}

void Batch::answer_broken(const std::string& why) {
  for (Done& done : done_) {
    done.failure = Failure::stopped;
    done.why = why;
  }
  answer();
}

}  // namespace passerelle::store
