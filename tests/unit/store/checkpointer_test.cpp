// The log is copied beside the writer; what stands in its way is told, or waits.
#include "store/checkpointer.hpp"

#include <gtest/gtest.h>

#include <atomic>
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

  FaultyDisk disk_;
  Folder folder_;
  std::unique_ptr<Writer> writer_;
};

TEST_F(CheckpointerTest, copies_what_was_committed_and_is_idle_again_once_its_end_was_seen) {
  make_log();
  const auto size = [&] { return std::filesystem::file_size(folder_.database()); };
  const auto before = size();
  Checkpointer copying(folder_.database());
  EXPECT_EQ(copying.stand(), Stand::idle);
  for (int round = 0; round < 3; ++round) {
    copying.begin();
    EXPECT_EQ(copying.end(), std::nullopt);
    EXPECT_EQ(copying.stand(), Stand::idle);
  }
  EXPECT_GT(size(), before) << "the schema stood in the log only";
  write(*writer_, [](Transaction& t) { add_due(t, 1000); });
  EXPECT_EQ(count_due(*writer_), 101);
}

TEST_F(CheckpointerTest, says_why_the_world_is_broken) {
  make_log();
  Checkpointer copying(folder_.database());
  disk_.fail_syncs(true);
  copying.begin();
  const std::optional<std::string> why = copying.end();
  disk_.fail_syncs(false);
  ASSERT_TRUE(why);
  EXPECT_TRUE(why->starts_with("checkpoint: ")) << *why;
}

TEST_F(CheckpointerTest, a_full_disk_is_no_end_of_the_world) {
  make_log();
  Checkpointer copying(folder_.database());
  disk_.fail_writes_after(0, SQLITE_FULL);
  copying.begin();
  EXPECT_EQ(copying.end(), std::nullopt);
  disk_.fail_writes_after(-1, SQLITE_OK);
}

TEST_F(CheckpointerTest, a_database_that_it_cannot_open_is_left_to_the_writer) {
  Checkpointer copying(folder_.database() + ".not-there");
  copying.begin();
  EXPECT_EQ(copying.end(), std::nullopt);
}

TEST_F(CheckpointerTest, is_waited_for_by_whoever_ends_it) {
  make_log();
  disk_.hold_syncs();
  auto copying = std::make_unique<Checkpointer>(folder_.database());
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

TEST_F(CheckpointerTest, a_sync_that_fails_beside_the_writer_ends_the_program) {
  WriterLimits limits;
  limits.long_log = 5;
  writer_ = opened(Writer::open(folder_.data(), limits));
  std::atomic<bool> broken = false;
  writer_->on_broken([&](const std::string&) { broken = true; });
  disk_.fail_syncs_of_new_files(true);
  for (int ref = 0; !broken && ref < 100'000; ++ref)
    submit(*writer_, Lane::interactive, [ref](Transaction& t) { add_due(t, ref); }).wait();
  EXPECT_TRUE(broken);
  disk_.fail_syncs_of_new_files(false);
}

}  // namespace
}  // namespace passerelle::store
