// The one thread that writes. A batch is whatever queued while the one before it ran or waited for the disk; its jobs
// are finished after COMMIT and a sync of the log.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

enum class Lane { interactive, bulk };

// Why a job did not commit.
enum class Failure { none, full_queue, stopped, rolled_back };

class Job {
 public:
  virtual ~Job() = default;
  // On the writer thread. An exception rolls back this job alone, and it fails.
  virtual void run(Transaction& transaction) = 0;
  // True: what run() did is undone by rolling back, so that it may be called once more. Such jobs share a savepoint,
  // or the transaction itself, and cost less; the others have one of their own.
  virtual bool repeatable() const { return false; }
  // After COMMIT and the sync (Failure::none), or when nothing of this job was kept. On the writer thread or the one
  // that syncs beside it, in the order of the commits, one job at a time.
  virtual void finished(Failure failure, const std::string& why) noexcept = 0;
};

struct WriterLimits {
  std::size_t queue = 4096;                    // jobs of both lanes
  std::size_t batch = 256;                     // interactive jobs in one transaction
  std::chrono::milliseconds batch_time{8};     // …or this long
  std::chrono::milliseconds overlap_after{2};  // after this long it ends if the disk has nothing to do
  std::size_t bulk_chunk = 32;
  std::chrono::milliseconds bulk_time{2};
  std::chrono::milliseconds bulk_yields_after{5};  // an interactive job that waits this long goes first
  // Pages after which the log is copied into the file (12 MB). Three times SQLite's own default: the pages that every
  // message changes are copied a third as often. Shorter than journal_size_limit, so that the log keeps its blocks on
  // the disk.
  int long_log = 3'000;
  int longest_log = 12'000;  // pages after which the writer waits for the copying
};

class Writer {
 public:
  // Opens (and creates) 'directory'/passerelle.db, takes the folder's lock, migrates, starts the thread.
  // Errors: the folder is locked by another process (Error::what says so; see is_locked), not writable, the schema is
  // newer.
  static result<std::unique_ptr<Writer>> open(const std::string& directory, WriterLimits limits = {});
  // In memory, without lock or thread of its own sync: for simulations and tests.
  static result<std::unique_ptr<Writer>> open_in_memory(WriterLimits limits = {});
  static bool is_locked(const Error& error);
  ~Writer();  // stop()

  // Never blocks. A full queue or a stopped writer finishes the job at once, on this thread, with the failure.
  void submit(Lane lane, std::unique_ptr<Job> job);
  // How long the oldest waiting interactive job has waited.
  std::chrono::milliseconds oldest_wait() const;
  // Jobs since the start that were undone: their own fault, or the disk is full or fails.
  std::int64_t undone() const;
  // Runs what is queued, syncs and answers it, checkpoints, closes. Jobs submitted later fail with Failure::stopped.
  void stop();

  // The broken-world exit: called on a failed sync or a COMMIT error other than FULL and BUSY, on any thread of the
  // writer's, so that it must not stop() it. Default: log and _exit(1).
  void on_broken(std::function<void(const std::string&)> handler);
  // Called after each batch that left notes, where and when its jobs were answered. Must be quick.
  // Returns when no earlier listener runs any more, so it must not be called by a listener.
  void on_committed(std::function<void(const Notes&)> listener);

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Submits 'work' and waits, without a coroutine: for the command line, simulations and tests.
result<void> transact_now(Writer& writer, const std::function<void(Transaction&)>& work);

}  // namespace passerelle::store
