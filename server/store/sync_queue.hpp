// Between COMMIT and the answers: nobody is answered before a sync of the log that began after their COMMIT has ended.
// A lone batch is synced and answered on the writer thread. When others wait, a thread of the queue does it, and the
// writer goes on with the next batch meanwhile. Answers keep the order of the commits.
//
// The kernel tells a failure to each open file once, so that of two syncs of one file at a time the other one might
// answer people whose messages are lost. SQLite itself syncs the writer's file in the writer's own checkpoint, for
// which the writer drains the queue, and where it begins the log anew, beside a sync of ours perhaps: it does so only
// when all that was committed has been copied, and that was synced before, through the file that the Checkpointer has
// opened for itself. So nothing is lost with the frames that are overwritten then, either.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "store/writer.hpp"

namespace passerelle::store {

struct Answer {
  std::unique_ptr<Job> job;
  Failure failure = Failure::none;
  std::string why = {};
};

// What a batch leaves behind.
struct Answers {
  std::vector<Answer> jobs;
  Notes notes;
  bool logged = false;  // its COMMIT wrote to the log
};

// Makes durable what was written to the log before; why not, if it failed. Any thread, one at a time.
std::optional<std::string> sync_log(sqlite3_file* log);
// The same for what an earlier run has left, before anybody is answered by it. A sync that failed there left pages that
// the kernel takes for written and tells nobody of any more, so the log is first written again, as it is.
// 'name': of the file, for the error.
std::optional<std::string> renew(sqlite3_file* file, std::string_view name);

class SyncQueue {
 public:
  struct Ends {
    std::function<void(Answers)> tell;               // on either thread, one batch at a time
    std::function<void(const std::string&)> broken;  // once, before anybody is told of it
  };

  // 'log': null when there is none (a database in memory).
  SyncQueue(sqlite3_file* log, Ends ends);
  ~SyncQueue();  // drains
  SyncQueue(const SyncQueue&) = delete;
  SyncQueue& operator=(const SyncQueue&) = delete;

  // For the writer thread:
  void wait_for_room();                    // until no batch waits for a sync; one may be under way
  void pass(Answers answers, bool alone);  // alone: nobody waits for the writer
  bool idle() const { return idle_; }      // the disk could be given work beside the writer's
  void drain();                            // until all that was passed is answered
  // The world is broken: whatever is not on its way to the disk is answered with Failure::stopped. The queue itself
  // finds out by a failed sync. Both return once Ends::broken has: it ends the program, and nobody is told before.
  void give_up(const std::string& why);  // any thread
  std::optional<std::string> broken();

 private:
  void work();
  void settle(std::vector<Answers> batches);

  sqlite3_file* const log_;
  const Ends ends_;
  std::mutex mutex_;
  std::condition_variable something_, moved_, given_up_;
  std::vector<Answers> waiting_;
  bool busy_ = false;  // the thread syncs or answers
  bool stopped_ = false;
  std::atomic<bool> idle_ = false;
  std::optional<std::string> broken_;
  bool broken_told_ = false;
  std::thread thread_;
};

}  // namespace passerelle::store
