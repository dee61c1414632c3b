// The disk is full, a sync fails, the process is killed: what was acknowledged stays, what was refused is not there.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "store/database.hpp"
#include "store/reader.hpp"
#include "support/faulty_disk.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

WriterLimits patient() {
  WriterLimits limits;
  limits.batch_time = limits.overlap_after = std::chrono::minutes(1);
  return limits;
}

void fill(Transaction& transaction, int rows) {
  for (int row = 0; row < rows; ++row) {
    Statement(transaction.database(), "INSERT INTO event (at, kind, detail) VALUES (0, 'test', zeroblob(4000))").run();
  }
}

std::int64_t count_events(Writer& writer) { return number(writer, "SELECT count(*) FROM event"); }

bool sound(Writer& writer) {
  std::string answer;
  write(writer, [&](Transaction& transaction) {
    Statement statement(transaction.database(), "PRAGMA integrity_check");
    if (statement.next()) answer = statement.get<std::string>(0);
  });
  return answer == "ok";
}

TEST(Fault, a_full_disk_fails_the_whole_batch_and_the_writer_goes_on) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  write(*writer, [](Transaction& t) { t.database().execute("PRAGMA max_page_count = 60"); });
  Gate gate(*writer);
  auto small = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); });
  auto large = submit(*writer, Lane::interactive, [](Transaction& t) { fill(t, 100); });
  auto later = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 2); });
  gate.open();
  EXPECT_EQ(small.get().failure, Failure::rolled_back) << "SQLite rolled back everything, finished jobs included";
  EXPECT_EQ(large.get().failure, Failure::rolled_back);
  EXPECT_EQ(later.get().failure, Failure::none) << "the next batch";
  EXPECT_EQ(number(*writer, "SELECT sum(ref) FROM due"), 2);
  EXPECT_EQ(count_events(*writer), 0);
  write(*writer, [](Transaction& t) { t.database().execute("PRAGMA max_page_count = 100000"); });
  write(*writer, [](Transaction& t) { fill(t, 100); });
  EXPECT_EQ(count_events(*writer), 100);
  EXPECT_TRUE(sound(*writer));
}

TEST(Fault, a_job_that_swallows_the_error_of_a_full_disk_commits_nothing) {
  const auto writer = in_memory(patient());
  write(*writer, [](Transaction& t) { t.database().execute("PRAGMA max_page_count = 60"); });
  auto job = submit(*writer, Lane::interactive, [](Transaction& t) {
    add_due(t, 1);
    EXPECT_THROW(t.savepoint([&] { fill(t, 100); }), DatabaseError);
    EXPECT_THROW(add_due(t, 2), DatabaseError) << "there is no transaction: this would commit on its own";
  });
  EXPECT_EQ(job.get().failure, Failure::rolled_back);
  EXPECT_EQ(count_due(*writer), 0);
}

TEST(Fault, every_write_that_the_disk_refuses_fails_its_batch_cleanly) {
  FaultyDisk disk;
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  std::set<std::int64_t> kept;
  int refused = 0;
  for (int point = 0; point < 40; ++point) {
    disk.fail_writes_after(point, SQLITE_FULL);
    std::vector<std::future<Outcome>> outcomes;
    for (int job = 0; job < 4; ++job) {
      outcomes.push_back(submit(*writer, Lane::interactive, [=](Transaction& t) {
        add_due(t, point * 4 + job);
        fill(t, 1);
      }));
    }
    for (int job = 0; job < 4; ++job) {
      if (outcomes[static_cast<std::size_t>(job)].get().failure == Failure::none)
        kept.insert(point * 4 + job);
      else
        ++refused;
    }
    disk.fail_writes_after(-1, SQLITE_OK);
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(kept.size(), 0U);
  std::set<std::int64_t> stored;
  write(*writer, [&](Transaction& t) {
    Statement statement(t.database(), "SELECT ref FROM due");
    while (statement.next()) stored.insert(statement.get<std::int64_t>(0));
  });
  EXPECT_EQ(stored, kept);
  EXPECT_TRUE(sound(*writer));
}

TEST(Fault, a_failed_sync_ends_the_program_before_anything_is_acknowledged) {
  FaultyDisk disk;
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  std::promise<std::string> broken;
  writer->on_broken([&](const std::string& why) { broken.set_value(why); });
  disk.fail_syncs(true);
  auto job = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); });
  EXPECT_NE(broken.get_future().get().find("sync of the log"), std::string::npos);
  EXPECT_EQ(job.get().failure, Failure::stopped);
  auto later = submit(*writer, Lane::interactive, [](Transaction&) {});
  EXPECT_EQ(later.get().failure, Failure::stopped);
}

TEST(Fault, without_another_handler_a_failed_sync_exits_with_1) {
  const Folder folder;
  EXPECT_EXIT(
      {
        FaultyDisk disk;
        const auto writer = opened(Writer::open(folder.data()));
        disk.fail_syncs(true);
        submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); }).wait();
      },
      testing::ExitedWithCode(1), "writer_broken");
}

TEST(Fault, every_commit_is_one_sync_of_the_log_before_the_answer) {
  FaultyDisk disk;
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  write(*writer, [](Transaction& t) { add_due(t, 0); });
  const int before = disk.syncs();
  for (int ref = 1; ref <= 20; ++ref) {
    write(*writer, [ref](Transaction& t) { add_due(t, ref); });
    EXPECT_EQ(disk.syncs() - before, ref);
  }
}

TEST(Fault, a_long_log_is_copied_into_the_file_after_the_answers) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  const auto size = [&] { return std::filesystem::file_size(folder.database()); };
  const auto before = size();
  for (int round = 0; round < 32; ++round) write(*writer, [](Transaction& t) { fill(t, 100); });
  EXPECT_EQ(count_events(*writer), 3200);
  // Beside the writer, and at its end by the writer: then the log begins anew, and stays as long as it is.
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  const auto log = [&] { return std::filesystem::file_size(folder.database() + "-wal"); };
  int more = 0;
  for (std::uintmax_t last = 0; last != log() && std::chrono::steady_clock::now() < end; ++more) {
    last = log();
    write(*writer, [](Transaction& t) {
      add_due(t, 1);
      t.database().execute("DELETE FROM due");
    });
  }
  EXPECT_GT(size(), before + 2800 * 4000) << "what came later may stand in the log";
  EXPECT_LT(log(), 4000 * 4200U) << "after " << more << " more";
}

TEST(Fault, a_database_that_somebody_else_locks_fails_the_batch_and_the_writer_goes_on) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  write(*writer, [](Transaction& t) { t.database().execute("PRAGMA busy_timeout = 0"); });
  sqlite3* intruder = nullptr;
  ASSERT_EQ(sqlite3_open(folder.database().c_str(), &intruder), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(intruder, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  auto refused = submit(*writer, Lane::interactive, [](Transaction& t) { add_due(t, 1); });
  EXPECT_EQ(refused.get().failure, Failure::rolled_back);
  sqlite3_close(intruder);
  write(*writer, [](Transaction& t) { add_due(t, 2); });
  EXPECT_EQ(number(*writer, "SELECT sum(ref) FROM due"), 2);
}

TEST(Fault, readers_see_whole_commits_and_do_not_hold_up_the_writer) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data(), patient()));
  write(*writer, [](Transaction& t) { add_due(t, 1); });
  const auto reader = Reader::open(folder.data());
  ASSERT_TRUE(reader);
  (*reader)->read([&](Transaction& seen) {
    EXPECT_EQ(number(seen, "SELECT count(*) FROM due"), 1);
    write(*writer, [](Transaction& t) { add_due(t, 2); });
    EXPECT_EQ(number(seen, "SELECT count(*) FROM due"), 1) << "one moment, however long it looks";
    EXPECT_THROW(add_due(seen, 3), DatabaseError);
  });
  (*reader)->read([](Transaction& seen) { EXPECT_EQ(number(seen, "SELECT count(*) FROM due"), 2); });
}

// Writes to the pipe after the commit, as a webhook's 200 would go out.
class Acknowledged final : public Job {
 public:
  Acknowledged(int pipe, std::int32_t ref) : pipe_(pipe), ref_(ref) {}
  void run(Transaction& transaction) override { add_due(transaction, ref_); }
  void finished(Failure failure, const std::string&) noexcept override {
    if (failure != Failure::none) return;
    [[maybe_unused]] const ssize_t size = ::write(pipe_, &ref_, sizeof ref_);
  }

 private:
  int pipe_;
  std::int32_t ref_;
};

[[noreturn]] void write_until_killed(const std::string& data, int pipe, std::int32_t first) {
  const auto writer = Writer::open(data);
  if (!writer) _exit(3);
  for (std::int32_t ref = first;;) {
    for (int job = 0; job < 20; ++job)
      (*writer)->submit(Lane::interactive, std::make_unique<Acknowledged>(pipe, ref++));
    submit(**writer, Lane::interactive, [](Transaction&) {}).wait();
  }
}

// Kills the child after about 'batches' batches of 20; what it acknowledged until its death.
std::set<std::int64_t> killed_in_the_middle(const std::string& data, std::int32_t first, int batches) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    write_until_killed(data, ends[1], first);
  }
  close(ends[1]);
  std::set<std::int64_t> acknowledged;
  std::int32_t ref = 0;
  while (::read(ends[0], &ref, sizeof ref) == sizeof ref) {
    acknowledged.insert(ref);
    if (acknowledged.size() == static_cast<std::size_t>(batches) * 20 + 7) kill(child, SIGKILL);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return acknowledged;
}

TEST(Fault, kill_9_in_the_middle_of_batches_loses_nothing_acknowledged) {
  const Folder folder;
  std::set<std::int64_t> acknowledged;
  std::int32_t first = 0;
  for (const int batches : {1, 3, 10, 50, 50}) {
    acknowledged.merge(killed_in_the_middle(folder.data(), first, batches));
    first += 1'000'000;
  }
  const auto writer = opened(Writer::open(folder.data()));
  EXPECT_TRUE(sound(*writer));
  std::set<std::int64_t> stored;
  write(*writer, [&](Transaction& t) {
    Statement statement(t.database(), "SELECT ref FROM due");
    while (statement.next()) stored.insert(statement.get<std::int64_t>(0));
  });
  EXPECT_GT(acknowledged.size(), 114U * 20);
  for (const std::int64_t ref : acknowledged) EXPECT_TRUE(stored.contains(ref)) << ref;
}

}  // namespace
}  // namespace passerelle::store
