// One transaction of the writer thread: takes jobs off the lanes, runs each in a savepoint, commits, answers them all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/lanes.hpp"
#include "store/writer.hpp"

namespace passerelle::store {

class Batch {
 public:
  Batch(Database& database, Lanes& lanes, const WriterLimits& limits)
      : database_(database), lanes_(lanes), limits_(limits) {}

  // Runs one batch. The answer, if any, is why the world is broken: nobody can tell whether the batch was kept, and
  // its jobs have not been answered; answer_broken() does that where the process does not end.
  std::optional<std::string> run();
  void answer_broken(const std::string& why);
  // Jobs since the start that were undone.
  std::int64_t undone() const { return undone_; }
  // What the last run committed, for whoever waits for it.
  Notes take_notes() { return std::exchange(notes_, {}); }

 private:
  struct Done {
    std::unique_ptr<Job> job;
    Failure failure = Failure::none;
    std::string why;
  };

  bool begin();
  void run_interactive();
  void run_bulk();
  bool run_one(std::unique_ptr<Job> job);  // false: the whole transaction is gone
  std::optional<std::string> commit();
  void fail_all(const std::string& why);
  void answer();

  Database& database_;
  Lanes& lanes_;
  const WriterLimits& limits_;
  std::vector<Done> done_;  // kept between batches for its memory
  Notes notes_;
  std::int64_t undone_ = 0;
};

}  // namespace passerelle::store
