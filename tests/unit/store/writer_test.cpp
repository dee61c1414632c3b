#include "store/writer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

WriterLimits patient() {
  WriterLimits limits;
  limits.batch_time = limits.bulk_time = limits.bulk_yields_after = std::chrono::minutes(1);
  limits.overlap_after = std::chrono::minutes(1);
  return limits;
}

// Counts the commits of a writer's connection from now on.
void count_commits(Writer& writer, std::atomic<int>& commits) {
  write(writer, [&](Transaction& transaction) {
    sqlite3_commit_hook(
        transaction.database().handle(),
        [](void* count) {
          ++*static_cast<std::atomic<int>*>(count);
          return 0;
        },
        &commits);
  });
  commits = 0;
}

TEST(Writer, what_was_committed_is_there_after_a_restart) {
  const Folder folder;
  {
    const auto writer = opened(Writer::open(folder.data()));
    write(*writer, [](Transaction& transaction) { add_due(transaction, 7); });
  }
  const auto writer = opened(Writer::open(folder.data()));
  EXPECT_EQ(number(*writer, "SELECT ref FROM due"), 7);
}

TEST(Writer, a_job_that_throws_is_undone_alone) {
  const auto writer = in_memory(patient());
  Gate gate(*writer);
  auto before = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); });
  auto failed = submit(*writer, Lane::interactive, [](Transaction& t) {
    add_due(t, 2);
    throw std::runtime_error("out of ideas");
  });
  auto after = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 3); });
  gate.open();
  EXPECT_EQ(before.get().failure, Failure::none);
  EXPECT_EQ(after.get().failure, Failure::none);
  const Outcome outcome = failed.get();
  EXPECT_EQ(outcome.failure, Failure::rolled_back);
  EXPECT_EQ(outcome.why, "out of ideas");
  EXPECT_EQ(number(*writer, "SELECT sum(ref) FROM due"), 4);
}

TEST(Writer, something_thrown_that_is_no_exception_is_undone_too) {
  const auto writer = in_memory();
  auto failed = submit(*writer, Lane::interactive, [](Transaction& t) {
    add_due(t, 1);
    throw 42;
  });
  EXPECT_EQ(failed.get().failure, Failure::rolled_back);
  EXPECT_EQ(count_due(*writer), 0);
}

TEST(Writer, an_inner_savepoint_undoes_only_itself) {
  const auto writer = in_memory();
  write(*writer, [](Transaction& transaction) {
    add_due(transaction, 1);
    EXPECT_THROW(transaction.savepoint([&] {
      add_due(transaction, 2);
      throw std::runtime_error("the turn failed");
    }),
                 std::runtime_error);
    transaction.savepoint([&] { add_due(transaction, 4); });
  });
  EXPECT_EQ(number(*writer, "SELECT sum(ref) FROM due"), 5);
}

TEST(Writer, jobs_that_queued_together_share_one_commit) {
  const auto writer = in_memory(patient());
  std::atomic<int> commits{0};
  count_commits(*writer, commits);
  Gate gate(*writer);
  std::vector<std::future<Outcome>> outcomes;
  for (int ref = 1; ref <= 255; ++ref) {
    outcomes.push_back(submit(*writer, Lane::interactive, [ref](Transaction& t) { add_due(t, ref); }));
  }
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(outcome.get().failure, Failure::none);
  EXPECT_EQ(commits, 1) << "the gate's job and the 255 behind it are one batch";
}

TEST(Writer, a_batch_ends_at_its_limits) {
  WriterLimits limits = patient();
  limits.batch = 10;
  const auto writer = in_memory(limits);
  std::atomic<int> commits{0};
  count_commits(*writer, commits);
  Gate gate(*writer);
  std::future<Outcome> last;
  for (int ref = 1; ref < 30; ++ref)
    last = submit(*writer, Lane::interactive, [ref](Transaction& t) { add_due(t, ref); });
  gate.open();
  last.wait();
  EXPECT_EQ(commits, 3) << "30 jobs, 10 a batch";
}

TEST(Writer, a_job_is_finished_after_its_commit_and_not_before) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  Gate gate(*writer);
  auto first = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); });
  bool finished_early = true;
  auto second = submit(*writer, Lane::interactive, [&](Transaction&) {
    finished_early = first.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  gate.open();
  second.wait();
  EXPECT_FALSE(finished_early);
}

TEST(Writer, interactive_jobs_go_before_bulk_jobs_that_waited_longer) {
  const auto writer = in_memory(patient());
  Gate gate(*writer);
  std::string order;
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 3; ++i) outcomes.push_back(submit(*writer, Lane::bulk, [&](Transaction&) { order += 'b'; }));
  for (int i = 0; i < 3; ++i)
    outcomes.push_back(submit(*writer, Lane::interactive, [&](Transaction&) { order += 'i'; }));
  gate.open();
  for (auto& outcome : outcomes) outcome.wait();
  EXPECT_EQ(order, "iiibbb");
}

TEST(Writer, bulk_is_cut_into_chunks) {
  const auto writer = in_memory(patient());
  std::atomic<int> commits{0};
  count_commits(*writer, commits);
  Gate gate(*writer);
  std::vector<std::future<Outcome>> outcomes;
  for (int ref = 1; ref <= 65; ++ref) {
    outcomes.push_back(submit(*writer, Lane::bulk, [ref](Transaction& t) { add_due(t, ref); }));
  }
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(outcome.get().failure, Failure::none);
  EXPECT_EQ(commits, 3) << "32 with the gate's job, 32, 1";
}

TEST(Writer, bulk_yields_to_an_interactive_job_that_waits_too_long) {
  WriterLimits limits = patient();
  limits.bulk_yields_after = std::chrono::milliseconds(0);
  const auto writer = in_memory(limits);
  Gate gate(*writer);
  std::string order;
  std::future<Outcome> urgent;
  auto first = submit(*writer, Lane::bulk, [&](Transaction&) {
    urgent = submit(*writer, Lane::interactive, [&](Transaction&) { order += 'i'; });
    order += 'b';
  });
  auto second = submit(*writer, Lane::bulk, [&](Transaction&) { order += 'b'; });
  gate.open();
  second.wait();
  EXPECT_EQ(order, "bib");
}

TEST(Writer, a_full_queue_refuses_at_once) {
  WriterLimits limits = patient();
  limits.queue = 2;
  const auto writer = in_memory(limits);
  Gate gate(*writer);
  auto one = submit(*writer, Lane::interactive, [](Transaction&) {});
  auto two = submit(*writer, Lane::bulk, [](Transaction&) {});
  auto three = submit(*writer, Lane::interactive, [](Transaction&) {});
  ASSERT_EQ(three.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_EQ(three.get().failure, Failure::full_queue);
  gate.open();
  EXPECT_EQ(one.get().failure, Failure::none);
  EXPECT_EQ(two.get().failure, Failure::none);
}

TEST(Writer, stop_runs_what_is_queued_and_refuses_what_comes_later) {
  const Folder folder;
  {
    const auto writer = opened(Writer::open(folder.data(), patient()));
    Gate gate(*writer);
    std::vector<std::future<Outcome>> queued;
    for (int ref = 1; ref <= 50; ++ref) {
      queued.push_back(
          submit(*writer, ref % 2 == 0 ? Lane::bulk : Lane::interactive, [ref](Transaction& t) { add_due(t, ref); }));
    }
    gate.open();
    writer->stop();
    for (auto& outcome : queued) EXPECT_EQ(outcome.get().failure, Failure::none);
    auto late = submit(*writer, Lane::interactive, [](Transaction&) {});
    EXPECT_EQ(late.get().failure, Failure::stopped);
    writer->stop();
  }
  EXPECT_EQ(std::filesystem::exists(folder.database() + "-wal"), false) << "the log was copied into the file";
  EXPECT_EQ(count_due(*opened(Writer::open(folder.data()))), 50);
}

TEST(Writer, it_tells_how_long_the_oldest_interactive_job_waits) {
  const auto writer = in_memory(patient());
  EXPECT_EQ(writer->oldest_wait().count(), 0);
  Gate gate(*writer);
  auto bulk = submit(*writer, Lane::bulk, [](Transaction&) {});
  EXPECT_EQ(writer->oldest_wait().count(), 0) << "bulk may wait";
  auto waiting = submit(*writer, Lane::interactive, [](Transaction&) {});
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(3)) std::this_thread::yield();
  EXPECT_GE(writer->oldest_wait().count(), 3);
  gate.open();
  waiting.wait();
  bulk.wait();
  EXPECT_EQ(writer->oldest_wait().count(), 0);
}

TEST(Writer, many_threads_submit_at_once) {
  const auto writer = in_memory();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&writer, thread] {
      for (int i = 0; i < 200; ++i) write(*writer, [&](Transaction& t) { add_due(t, thread * 1000 + i); });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count_due(*writer), 800);
}

}  // namespace
}  // namespace passerelle::store
