// The log is copied beside the writer; what stands in its way is told, or waits.
#include "store/checkpointer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

#include "store/database.hpp"
#include "support/faulty_disk.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

using Stand = Checkpointer::Stand;

class CheckpointerTest : public testing::Test {
 protected:
  // A log of some hundred pages.
  void make_log() {
    writer_ = opened(Writer::open(folder_.data()));
    for (int i = 0; i < 100; ++i) write(*writer_, [i](Transaction& t) { add_due(t, i); });
  }

  void fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    why_ = why;
  }
  std::optional<std::string> why() {
    const std::lock_guard lock(mutex_);
    return why_;
  }

  FaultyDisk disk_;
  Folder folder_;
  std::unique_ptr<Writer> writer_;
  std::mutex mutex_;
  std::optional<std::string> why_;
  const std::function<void(const std::string&)> broken_ = [this](const std::string& why) { fail(why); };
};

TEST_F(CheckpointerTest, copies_what_was_committed_and_is_idle_again_once_its_end_was_seen) {
  make_log();
  const auto size = [&] { return std::filesystem::file_size(folder_.database()); };
  const auto before = size();
  Checkpointer copying(folder_.database(), broken_);
  EXPECT_EQ(copying.stand(), Stand::idle);
  for (int round = 0; round < 3; ++round) {
    copying.begin();
    copying.end();
    EXPECT_EQ(copying.stand(), Stand::idle);
  }
  EXPECT_GT(size(), before) << "the schema stood in the log only";
  write(*writer_, [](Transaction& t) { add_due(t, 1000); });
  EXPECT_EQ(count_due(*writer_), 101);
}

TEST_F(CheckpointerTest, says_why_the_world_is_broken) {
  make_log();
  Checkpointer copying(folder_.database(), broken_);
  disk_.fail_syncs(true);
  copying.begin();
  copying.end();
  disk_.fail_syncs(false);
  ASSERT_TRUE(why());
  EXPECT_TRUE(why()->starts_with("checkpoint: ")) << *why();
}

TEST_F(CheckpointerTest, a_full_disk_is_no_end_of_the_world) {
  make_log();
  Checkpointer copying(folder_.database(), broken_);
  disk_.fail_writes_after(0, SQLITE_FULL);
  copying.begin();
  copying.end();
  disk_.fail_writes_after(-1, SQLITE_OK);
  EXPECT_EQ(why(), std::nullopt);
}

TEST_F(CheckpointerTest, a_database_that_it_cannot_open_is_left_to_the_writer) {
  Checkpointer copying(folder_.database() + ".not-there", broken_);
  for (int again = 0; again < 2; ++again) {
    copying.begin();
    copying.end();
  }
  EXPECT_EQ(why(), std::nullopt);
}

TEST_F(CheckpointerTest, is_waited_for_by_whoever_ends_it) {
  make_log();
  disk_.hold_syncs();
  auto copying = std::make_unique<Checkpointer>(folder_.database(), broken_);
  copying->begin();
  EXPECT_EQ(copying->stand(), Stand::under_way);
  std::thread lets_go([&] { disk_.let_syncs_go(); });
  copying.reset();
  lets_go.join();
}

// As often as it can: the log begins anew hundreds of times, each time right after somebody else has copied it.
TEST_F(CheckpointerTest, nothing_is_lost_while_logs_are_copied_and_begun_anew_without_end) {
  disk_.spare_device(true);
  WriterLimits limits;
  limits.batch = 2;
  limits.long_log = 3;
  writer_ = opened(Writer::open(folder_.data(), limits));
  std::vector<std::future<Outcome>> jobs;
  for (int ref = 0; ref < 4'000; ++ref) {
    jobs.push_back(submit(*writer_, Lane::interactive, [ref](Transaction& t) {
      add_due(t, ref);
      Statement(t.database(), "INSERT INTO event (at, kind, detail) VALUES (0, 'test', zeroblob(2000))").run();
    }));
    if (ref % 50 == 0) jobs[static_cast<std::size_t>(ref / 2)].wait();
  }
  for (auto& job : jobs) EXPECT_EQ(job.get().failure, Failure::none);
  writer_->stop();
  writer_ = opened(Writer::open(folder_.data()));
  EXPECT_EQ(count_due(*writer_), 4'000);
  EXPECT_EQ(number(*writer_, "SELECT count(*) FROM event"), 4'000);
  EXPECT_EQ(number(*writer_, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

// Without another batch, too: nobody must find it out by being told too much.
TEST_F(CheckpointerTest, a_sync_that_fails_beside_the_writer_ends_the_program) {
  WriterLimits limits;
  limits.long_log = 5;
  writer_ = opened(Writer::open(folder_.data(), limits));
  writer_->on_broken(broken_);
  disk_.fail_syncs_of_new_files(true);
  for (int ref = 0; ref < 5; ++ref)
    submit(*writer_, Lane::interactive, [ref](Transaction& t) { add_due(t, ref); }).wait();
  while (!why()) std::this_thread::yield();  // a test that waits for nothing is ended by its time limit
  EXPECT_EQ(submit(*writer_, Lane::interactive, [](Transaction&) {}).get().failure, Failure::stopped);
  disk_.fail_syncs_of_new_files(false);
}

// Under light load the copying has copied all when the next message comes: then there is nothing left for the writer.
TEST_F(CheckpointerTest, a_log_that_is_wholly_copied_begins_anew_and_costs_the_writer_nothing) {
  WriterLimits limits;
  limits.long_log = 40;
  writer_ = opened(Writer::open(folder_.data(), limits));
  const auto log = [&] { return std::filesystem::file_size(folder_.database() + "-wal"); };
  const auto add = [&](int ref) { write(*writer_, [ref](Transaction& t) { add_due(t, ref); }); };
  std::uintmax_t longest = 0;
  for (int ref = 0; ref < 400; ++ref) {
    add(ref);
    longest = std::max(longest, log());
    std::this_thread::yield();
  }
  EXPECT_LT(longest, 200U * 4'120U);
  EXPECT_EQ(count_due(*writer_), 400);
}

}  // namespace
}  // namespace passerelle::store
