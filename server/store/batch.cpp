#include "store/batch.hpp"

#include "base/log.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

// A job that threw is undone alone. Throws when not even that is possible.
void undo(Database& database) {
  Statement(database, "ROLLBACK TO job").run();
  Statement(database, "RELEASE job").run();
}

}  // namespace

std::optional<std::string> Batch::run() {
  if (!begin()) return std::nullopt;
  run_interactive();
  // Without a transaction all was given up, and what still ran would be kept on its own, by its savepoint.
  if (database_.open_transaction()) run_bulk();
  return commit();
}

bool Batch::begin() {
  together_since_.reset();
  each_alone_ = false;
  try {
    database_.begin();
    return true;
  } catch (const DatabaseError& error) {
    // No transaction, so no work: whoever waits now is told, or they would wait for the disk for ever.
    for (const Lane lane : {Lane::interactive, Lane::bulk}) {
      while (answers_.jobs.size() < limits_.batch) {
        std::unique_ptr<Job> job = lanes_.pop(lane);
        if (job == nullptr) break;
        answers_.jobs.push_back({std::move(job)});
      }
    }
    fail_all(error.what());
    return false;
  }
}

void Batch::run_interactive() {
  const auto began = SteadyClock::now();
  for (std::size_t count = 0; count < limits_.batch; ++count) {
    std::unique_ptr<Job> job = lanes_.pop(Lane::interactive);
    if (job == nullptr || !run_one(std::move(job))) return;
    const auto lasted = SteadyClock::now() - began;
    if (lasted >= limits_.batch_time || (lasted >= limits_.overlap_after && synced_.idle())) return;
  }
}

void Batch::run_bulk() {
  const auto deadline = SteadyClock::now() + limits_.bulk_time;
  for (std::size_t count = 0; count < limits_.bulk_chunk; ++count) {
    if (!database_.open_transaction() || lanes_.oldest_wait() > limits_.bulk_yields_after) return;
    std::unique_ptr<Job> job = lanes_.pop(Lane::bulk);
    if (job == nullptr || !run_one(std::move(job)) || SteadyClock::now() >= deadline) return;
  }
}

bool Batch::run_one(std::unique_ptr<Job> job) {
  Answer& done = answers_.jobs.emplace_back(Answer{std::move(job)});
  if (each_alone_ || !done.job->repeatable() || !begin_together()) return run_alone(done);
  return run_together(done) || (!database_.lost_transaction() && run_each_alone(done.why));
}

bool Batch::begin_together() {
  if (together_since_) return true;
  try {
    if (answers_.jobs.size() > 1) Statement(database_, "SAVEPOINT together").run();
  } catch (const DatabaseError&) {
    return false;  // what it runs into next is told
  }
  together_since_ = answers_.jobs.size() - 1;
  return true;
}

bool Batch::run_together(Answer& done) {
  try {
    Transaction transaction(database_, Transaction::Undone::together);
    try {
      done.job->run(transaction);
    } catch (const Transaction::RunAlone&) {
    }
    if (!transaction.stumbled()) {
      keep(transaction.notes());
      return true;
    }
    done.why = *transaction.stumbled();
  } catch (const std::exception& error) {
    done.why = error.what();
  } catch (...) {
    done.why = "an exception of an unknown type";
  }
  done.failure = Failure::rolled_back;
  return false;
}

// Nobody has seen what those before it did, so they do it again, each in a savepoint of its own.
bool Batch::run_each_alone(const std::string& why) {
  const std::size_t jobs = answers_.jobs.size() - *together_since_;
  log::info("batch_run_again", {{"jobs", static_cast<std::int64_t>(jobs)}, {"why", why}});
  each_alone_ = true;
  const std::size_t first = *together_since_;
  together_since_.reset();
  try {
    if (first > 0) {
      Statement(database_, "ROLLBACK TO together").run();
      Statement(database_, "RELEASE together").run();
    } else {
      database_.roll_back();
      database_.begin();
    }
  } catch (const DatabaseError& error) {
    database_.roll_back();
    fail_all(error.what());
    return false;
  }
  for (std::size_t i = first; i < answers_.jobs.size(); ++i) {
    answers_.jobs[i].failure = Failure::none;
    answers_.jobs[i].why.clear();
    if (run_alone(answers_.jobs[i])) continue;
    fail_all(answers_.jobs[i].why);  // those that have not been run again, too
    return false;
  }
  return true;
}

bool Batch::run_alone(Answer& done) {
  try {
    if (together_since_.value_or(0) > 0) Statement(database_, "RELEASE together").run();
    together_since_.reset();
    Statement(database_, "SAVEPOINT job").run();
    Transaction transaction(database_);
    done.job->run(transaction);
    Statement(database_, "RELEASE job").run();
    keep(transaction.notes());
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

// Of what is run again after all, notes may stay: whoever is woken then finds nothing.
void Batch::keep(const Notes& notes) {
  answers_.notes.channels.insert(notes.channels.begin(), notes.channels.end());
  answers_.notes.due = answers_.notes.due || notes.due;
  answers_.notes.media.insert(notes.media.begin(), notes.media.end());
}

std::optional<std::string> Batch::commit() {
  if (!database_.open_transaction()) {
    // SQLite rolled back everything, jobs that had succeeded included; the last job's error says why.
    fail_all(answers_.jobs.empty() ? std::string() : answers_.jobs.back().why);
    database_.roll_back();
    return std::nullopt;
  }
  const int code = database_.commit();
  answers_.logged = database_.take_logged();
  if (code == SQLITE_OK) return std::nullopt;
  const std::string why = database_.last_error();
  if (!is_passing(code)) return "COMMIT: " + why;
  database_.roll_back();
  if (database_.open_transaction()) return "ROLLBACK after a failed COMMIT: " + database_.last_error();
  fail_all(why);
  return std::nullopt;
}

void Batch::fail_all(const std::string& why) {
  answers_.notes = {};
  for (Answer& done : answers_.jobs) {
    if (done.failure != Failure::none) continue;
    done.failure = Failure::rolled_back;
    done.why = why;
  }
  log::error("batch_rolled_back", {{"jobs", static_cast<std::int64_t>(answers_.jobs.size())}, {"why", why}});
}

}  // namespace passerelle::store
