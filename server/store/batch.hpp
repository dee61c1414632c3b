// One transaction of the writer thread: takes jobs off the lanes, runs each in a savepoint and commits.
#pragma once

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
  // batch was kept. So is checkpoint()'s, which copies the log into the file and must run beside no sync of it.
  std::optional<std::string> run();
  Answers take_answers() { return std::exchange(answers_, {}); }
  bool log_is_long() const;
  std::optional<std::string> checkpoint();

 private:
  bool begin();
  void run_interactive();
  void run_bulk();
  bool run_one(std::unique_ptr<Job> job);  // false: the whole transaction is gone
  std::optional<std::string> commit();
  void fail_all(const std::string& why);

  Database& database_;
  Lanes& lanes_;
  const SyncQueue& synced_;
  const WriterLimits& limits_;
  Answers answers_;  // of the batch that runs, until they are taken
};

}  // namespace passerelle::store
