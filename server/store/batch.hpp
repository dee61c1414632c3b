// One transaction of the writer thread: takes jobs off the lanes, runs each so that it can be undone alone, and
// commits.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "store/database.hpp"
#include "store/lanes.hpp"
#include "store/sync_queue.hpp"
#include "store/writer.hpp"

namespace passerelle::store {

class Batch {
 public:
  Batch(Database& database, Lanes& lanes, const SyncQueue& synced, const WriterLimits& limits)
      : database_(database), lanes_(lanes), synced_(synced), limits_(limits) {}

  // Runs one batch and answers nobody. The result, if any, is why the world is broken: nobody can tell whether the
  // batch was kept.
  std::optional<std::string> run();
  Answers take_answers() { return std::exchange(answers_, {}); }

 private:
  bool begin();
  void run_interactive();
  void run_bulk();
  bool run_one(std::unique_ptr<Job> job);  // false: the whole transaction is gone
  bool begin_together();
  bool run_together(Answer& done);  // false: it failed
  bool run_alone(Answer& done);     // as run_one
  bool run_each_alone(const std::string& why);
  void keep(const Notes& notes);
  std::optional<std::string> commit();
  void fail_all(const std::string& why);

  Database& database_;
  Lanes& lanes_;
  const SyncQueue& synced_;
  const WriterLimits& limits_;
  Answers answers_;  // of the batch that runs, until they are taken
  // Jobs that can be run again have no savepoint each: a savepoint copies every page that is written after it. One is
  // shared by those that follow each other, and those at the beginning need none, as the transaction is theirs.
  std::optional<std::size_t> together_since_;  // the first of those that are undone together
  bool each_alone_ = false;                    // one of them has failed: the rest of this batch takes no chances
};

}  // namespace passerelle::store
