// The log is copied beside the writer; what stands in its way is told, or waits.
#include "store/checkpointer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "store/database.hpp"
#include "store/reader.hpp"
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
  const int before = disk_.writes();
  copying.begin();
  copying.end();
  disk_.fail_writes_after(-1, SQLITE_OK);
  EXPECT_GT(disk_.writes(), before) << "it has tried";
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

TEST_F(CheckpointerTest, is_waited_for_by_whoever_takes_it_away) {
  make_log();
  const auto before = std::filesystem::file_size(folder_.database());
  disk_.hold_syncs();
  auto copying = std::make_unique<Checkpointer>(folder_.database(), broken_);
  copying->begin();
  EXPECT_EQ(copying->stand(), Stand::under_way);
  std::thread lets_go([&] { disk_.let_syncs_go(); });
  copying.reset();
  lets_go.join();
  EXPECT_GT(std::filesystem::file_size(folder_.database()), before);
}

// What SQLite does not sync, because a reader keeps it from copying all: the file that we sync ourselves.
TEST_F(CheckpointerTest, syncs_the_file_also_where_not_all_was_copied) {
  make_log();
  const auto reader = Reader::open(folder_.data()).value();
  reader->read([&](Transaction& seen) {
    EXPECT_EQ(number(seen, "SELECT count(*) FROM due"), 100);
    write(*writer_, [](Transaction& t) { add_due(t, 100); });
    Checkpointer copying(folder_.database(), broken_);
    disk_.fail_syncs_of("passerelle.db");
    copying.begin();
    copying.end();
    disk_.fail_syncs_of("");
  });
  ASSERT_TRUE(why());
  EXPECT_TRUE(why()->starts_with("sync of the file: ")) << *why();
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
  disk_.fail_syncs_of("passerelle.db");
  submit(*writer_, Lane::interactive, [](Transaction& t) { add_due(t, 1); }).wait();
  while (!why()) std::this_thread::yield();  // a test that waits for nothing is ended by its time limit
  EXPECT_NE(submit(*writer_, Lane::interactive, [](Transaction&) {}).get().failure, Failure::none);
  writer_->stop();
  disk_.fail_syncs_of("");
}

// Tells whether it was answered before the program had ended.
class Hasty final : public Job {
 public:
  Hasty(const std::atomic<bool>& ended, std::promise<bool> early) : ended_(ended), early_(std::move(early)) {}
  void run(Transaction& transaction) override { add_due(transaction, 2); }
  void finished(Failure failure, const std::string&) noexcept override {
    early_.set_value(!ended_ || failure == Failure::none);
  }

 private:
  const std::atomic<bool>& ended_;
  std::promise<bool> early_;
};

// Two threads find out at the same time; the one that comes second must not answer while the first ends the program.
TEST_F(CheckpointerTest, nobody_is_told_of_a_broken_disk_before_the_program_has_ended) {
  WriterLimits limits;
  limits.long_log = 5;
  writer_ = opened(Writer::open(folder_.data(), limits));
  std::promise<void> ends, goes_on;
  std::atomic<bool> ended = false;
  writer_->on_broken([&, over = goes_on.get_future().share()](const std::string&) {
    ends.set_value();
    over.wait();
  });
  disk_.fail_syncs_of("passerelle.db");
  write(*writer_, [](Transaction& t) { add_due(t, 1); });
  ends.get_future().wait();  // the copying has found out
  std::promise<bool> early;
  std::future<bool> was_early = early.get_future();
  writer_->submit(Lane::interactive, std::make_unique<Hasty>(ended, std::move(early)));
  for (int i = 0; i < 20'000; ++i) std::this_thread::yield();  // time enough to be told too early
  ended = true;
  goes_on.set_value();
  EXPECT_FALSE(was_early.get());
  writer_->stop();
  disk_.fail_syncs_of("");
}

// The index of the log, which another program keeps, says that frames were copied; whether the disk has them is
// unknown.
TEST_F(CheckpointerTest, after_a_sync_of_the_file_that_failed_the_next_start_writes_it_again) {
  make_log();
  const auto other = Reader::open(folder_.data()).value();
  other->read([&](Transaction& seen) {
    EXPECT_EQ(number(seen, "SELECT count(*) FROM due"), 100);
    {
      Checkpointer copying(folder_.database(), broken_);
      copying.begin();
      copying.end();
    }
    write(*writer_, [](Transaction& t) { t.database().execute("PRAGMA busy_timeout = 0"); });  // the reader stays
    writer_->stop();
    disk_.remember(true);
    writer_ = opened(Writer::open(folder_.data()));
    const auto rewritten = [](const DiskChange& one) {
      return one.kind == DiskChange::Kind::write && one.file == "passerelle.db" && one.at == 0;
    };
    EXPECT_EQ(std::ranges::count_if(disk_.history(), rewritten), 1);
    disk_.remember(false);
  });
  EXPECT_EQ(count_due(*writer_), 100);
}

// Under light load all is copied when the next message comes: SQLite begins the log anew, and nobody waits.
TEST_F(CheckpointerTest, a_log_that_is_wholly_copied_costs_the_writer_nothing) {
  disk_.remember(true);
  WriterLimits limits;
  limits.long_log = 5;
  limits.longest_log = 100'000;
  writer_ = opened(Writer::open(folder_.data(), limits));
  write(*writer_, [](Transaction& t) { add_due(t, 1); });  // the schema stands in this log, too: it is copied now
  const auto of_file = [&](DiskChange::Kind kind) {
    return std::ranges::count_if(
        disk_.history(), [kind](const DiskChange& one) { return one.kind == kind && one.file == "passerelle.db"; });
  };
  while (of_file(DiskChange::Kind::sync) < 2) std::this_thread::yield();  // SQLite's own, and ours
  const auto copied = of_file(DiskChange::Kind::write);
  const auto length = std::filesystem::file_size(folder_.database() + "-wal");
  write(*writer_, [](Transaction& t) { add_due(t, 2); });
  EXPECT_EQ(of_file(DiskChange::Kind::write), copied);
  EXPECT_EQ(std::filesystem::file_size(folder_.database() + "-wal"), length) << "it begins anew";
  EXPECT_EQ(count_due(*writer_), 2);
}

}  // namespace
}  // namespace passerelle::store
