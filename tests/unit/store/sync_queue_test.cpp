// While the log of one batch is on its way to the disk the next one is written; and nobody is answered too early.
#include "store/sync_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "store/reader.hpp"
#include "support/power_cut.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

// Each job is a batch of its own, and there is nothing to wait for with the next one.
WriterLimits one_by_one() {
  WriterLimits limits;
  limits.batch = 1;
  limits.bulk_chunk = 1;
  limits.overlap_after = std::chrono::milliseconds(0);
  return limits;
}

class SyncQueueTest : public testing::Test {
 protected:
  SyncQueueTest() : writer_(opened(Writer::open(folder_.data(), one_by_one()))) {
    write(*writer_, [](Transaction& t) { add_due(t, 0); });
  }
  ~SyncQueueTest() override {
    disk_.let_syncs_go();
    writer_->stop();
  }

  // The syncs are held. A first job is handed to the thread that syncs, because 'next' waits already.
  void begin_two(std::function<void(Transaction&)> next) {
    disk_.hold_syncs();
    std::promise<void> both;
    first_ = submit(*writer_, Lane::interactive, [&, waits = both.get_future().share()](Transaction& t) {
      waits.wait();
      add_due(t, 1);
    });
    second_ = submit(*writer_, Lane::interactive, std::move(next));
    both.set_value();
  }

  // What others see of the store, while the writer's own answers are held.
  std::int64_t sum() {
    std::int64_t answer = -1;
    reader_->read([&](Transaction& t) { answer = number(t, "SELECT sum(ref) FROM due"); });
    return answer;
  }
  // A test that waits for nothing is ended by its time limit.
  void wait_for_sum(std::int64_t wanted) {
    while (sum() != wanted) std::this_thread::yield();
  }

  static bool answered(const std::future<Outcome>& job) {
    return job.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  FaultyDisk disk_;
  Folder folder_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_ = Reader::open(folder_.data()).value();
  std::future<Outcome> first_, second_;
};

TEST_F(SyncQueueTest, a_batch_commits_while_the_one_before_is_synced_and_nobody_is_answered) {
  begin_two([](Transaction& t) { add_due(t, 10); });
  wait_for_sum(11);
  auto third = submit(*writer_, Lane::interactive, [](Transaction& t) { add_due(t, 100); });
  EXPECT_FALSE(answered(first_));
  EXPECT_FALSE(answered(second_));
  EXPECT_EQ(sum(), 11) << "one on its way to the disk, one behind it, and no more";
  disk_.let_syncs_go();
  EXPECT_EQ(first_.get().failure, Failure::none);
  EXPECT_EQ(second_.get().failure, Failure::none);
  EXPECT_EQ(third.get().failure, Failure::none);
}

TEST_F(SyncQueueTest, a_job_that_only_read_is_answered_behind_those_whose_work_it_saw) {
  std::promise<std::int64_t> seen;
  begin_two([&](Transaction& t) { seen.set_value(number(t, "SELECT sum(ref) FROM due")); });
  EXPECT_EQ(seen.get_future().get(), 1);
  EXPECT_FALSE(answered(second_)) << "it saw what is not yet sure to stay";
  const int before = disk_.syncs();
  disk_.let_syncs_go();
  EXPECT_EQ(second_.get().failure, Failure::none);
  EXPECT_TRUE(answered(first_));
  EXPECT_LE(disk_.syncs(), before + 1) << "it needs no sync of its own";
}

TEST_F(SyncQueueTest, after_a_sync_that_failed_nobody_is_told_that_anything_was_kept) {
  std::atomic<int> calls = 0;
  std::promise<std::string> broken;
  bool told_before = false;
  writer_->on_broken([&](const std::string& why) {
    told_before = answered(first_) || answered(second_);
    disk_.fail_syncs(false);  // that a later sync succeeds is no comfort: the disk has dropped what it could not write
    if (++calls == 1) broken.set_value(why);
  });
  begin_two([](Transaction& t) { add_due(t, 10); });
  wait_for_sum(11);
  auto third = submit(*writer_, Lane::interactive, [](Transaction& t) { add_due(t, 100); });
  disk_.fail_syncs(true);
  disk_.let_syncs_go();
  EXPECT_NE(broken.get_future().get().find("sync of the log"), std::string::npos);
  EXPECT_EQ(first_.get().failure, Failure::stopped);
  EXPECT_EQ(second_.get().failure, Failure::stopped);
  EXPECT_EQ(third.get().failure, Failure::stopped);
  EXPECT_EQ(submit(*writer_, Lane::interactive, [](Transaction&) {}).get().failure, Failure::stopped);
  writer_->stop();
  EXPECT_FALSE(told_before);
  EXPECT_EQ(calls, 1);
}

TEST_F(SyncQueueTest, stop_syncs_and_answers_what_is_on_its_way) {
  begin_two([](Transaction& t) { add_due(t, 10); });
  wait_for_sum(11);
  std::thread stops([this] { writer_->stop(); });
  disk_.let_syncs_go();
  stops.join();
  EXPECT_TRUE(answered(first_) && answered(second_));
  EXPECT_EQ(first_.get().failure, Failure::none);
  EXPECT_EQ(second_.get().failure, Failure::none);
}

// Tells who was answered, in which order, on which thread, and how far the history of the disk was then.
struct Told {
  std::mutex mutex;
  std::vector<std::int64_t> refs;
  std::vector<std::size_t> changes;
  std::set<std::thread::id> ran_on, told_on;
};

class Telling final : public Job {
 public:
  Telling(Told& told, const FaultyDisk& disk, std::int64_t ref) : told_(told), disk_(disk), ref_(ref) {}
  void run(Transaction& transaction) override {
    add_due(transaction, ref_);
    const std::lock_guard lock(told_.mutex);
    told_.ran_on.insert(std::this_thread::get_id());
  }
  void finished(Failure failure, const std::string&) noexcept override {
    if (failure != Failure::none) return;
    const std::lock_guard lock(told_.mutex);
    told_.refs.push_back(ref_);
    told_.changes.push_back(disk_.changes());
    told_.told_on.insert(std::this_thread::get_id());
  }

 private:
  Told& told_;
  const FaultyDisk& disk_;
  const std::int64_t ref_;
};

TEST_F(SyncQueueTest, one_job_at_a_time_is_synced_and_answered_by_the_thread_that_ran_it) {
  Told told;
  for (int ref = 1; ref <= 10; ++ref) {
    writer_->submit(Lane::interactive, std::make_unique<Telling>(told, disk_, ref));
    while (true) {
      const std::lock_guard lock(told.mutex);
      if (told.refs.size() == static_cast<std::size_t>(ref)) break;
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(told.ran_on, told.told_on);
}

TEST_F(SyncQueueTest, answers_keep_the_order_of_the_commits) {
  Told told;
  std::vector<std::int64_t> wanted;
  for (int ref = 1; ref <= 300; ++ref) {
    wanted.push_back(ref);
    writer_->submit(Lane::interactive, std::make_unique<Telling>(told, disk_, ref));
  }
  writer_->stop();
  EXPECT_EQ(told.refs, wanted);
}

TEST_F(SyncQueueTest, what_a_killed_run_has_left_without_a_sync_is_synced_before_it_counts) {
  const Folder other;
  writer_->stop();
  std::filesystem::copy(folder_.data(), other.data(), std::filesystem::copy_options::recursive);
  const int before = disk_.syncs();
  const auto writer = opened(Writer::open(other.data()));
  EXPECT_EQ(disk_.syncs(), before + 1);
  EXPECT_EQ(number(*writer, "SELECT count(*) FROM due"), 1);
  EXPECT_EQ(disk_.syncs(), before + 1) << "a read needs none";
}

TEST_F(SyncQueueTest, what_a_failed_sync_may_have_left_in_memory_alone_is_written_again) {
  write(*writer_, [](Transaction& t) { add_due(t, 1); });
  const Folder other;
  std::filesystem::copy(folder_.data(), other.data(), std::filesystem::copy_options::recursive);
  const std::size_t size = std::filesystem::file_size(std::filesystem::path(other.data()) / "passerelle.db-wal");
  ASSERT_GT(size, 0U);
  writer_->stop();
  disk_.remember(true);
  const auto writer = opened(Writer::open(other.data()));
  std::size_t again = 0;
  for (const DiskChange& change : disk_.history()) {
    if (change.file != "passerelle.db-wal") continue;
    if (change.kind == DiskChange::Kind::sync) break;
    if (change.kind == DiskChange::Kind::write) again += change.bytes.size();
  }
  EXPECT_EQ(again, size);
}

std::set<std::int64_t> refs_in(const DiskImage& image) {
  const Folder folder;
  std::filesystem::create_directories(folder.data());
  for (const auto& [file, content] : image)
    std::ofstream(std::filesystem::path(folder.data()) / file, std::ios::binary) << content;
  std::set<std::int64_t> refs;
  const auto writer = opened(Writer::open(folder.data()));
  write(*writer, [&](Transaction& t) {
    Statement row(t.database(), "SELECT ref FROM due");
    while (row.next()) refs.insert(row.get<std::int64_t>(0));
    EXPECT_EQ(number(t, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
  });
  return refs;
}

// As PowerCuts, for the store alone and under load: the disk is behind, and syncs run beside commits and checkpoints.
TEST(SyncQueuePower, a_cut_while_batches_overlap_loses_nothing_that_was_answered) {
  constexpr std::size_t cuts = 60;
  FaultyDisk disk;
  disk.spare_device(true);
  disk.stretch_syncs(true);
  disk.remember(true);
  const Folder folder;
  Told told;
  {
    WriterLimits limits = one_by_one();
    limits.batch = 3;
    limits.long_log = 60;
    const auto writer = opened(Writer::open(folder.data(), limits));
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 3; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 200; ++i)
          writer->submit(Lane::interactive, std::make_unique<Telling>(told, disk, thread * 1000 + i));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_NE(told.told_on, told.ran_on) << "some were answered by the thread that syncs";
  const std::vector<DiskChange> history = disk.history();
  disk.remember(false);
  disk.stretch_syncs(false);
  const auto overlapped = [](const DiskChange& one) {
    return one.kind == DiskChange::Kind::sync && one.before < one.number;
  };
  EXPECT_GT(std::ranges::count_if(history, overlapped), 0) << "something was written beside a sync";
  const auto copied = [](const DiskChange& one) {
    return one.kind == DiskChange::Kind::sync && one.file == "passerelle.db";
  };
  EXPECT_GT(std::ranges::count_if(history, copied), 4) << "the log was copied, beside the writer and by it";
  PowerCut power({{"passerelle.db", ""}});
  std::mt19937_64 chance(20270328);
  const std::size_t step = history.size() / cuts;
  for (std::size_t cut = 1; cut <= history.size() && !testing::Test::HasFailure(); ++cut) {
    power.pass(history[cut - 1]);
    if (cut % step != 0) continue;
    const std::set<std::int64_t> kept = refs_in(power.image(static_cast<PowerCut::Left>(cut / step % 3), chance));
    for (std::size_t i = 0; i < told.refs.size(); ++i) {
      if (told.changes[i] <= cut) EXPECT_TRUE(kept.contains(told.refs[i])) << told.refs[i] << ", cut " << cut;
    }
  }
}

}  // namespace
}  // namespace passerelle::store
