#include "store/read_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

namespace asio = boost::asio;

std::int64_t due_count(Transaction& transaction) { return number(transaction, "SELECT count(*) FROM due"); }

std::unique_ptr<ReadThread> reading(const std::string& directory, std::size_t queue = 64) {
  auto opened = ReadThread::open(directory, queue);
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return std::move(*opened);
}

std::future<Outcome> submit(ReadThread& thread, std::function<void(Transaction&)> work) {
  auto job = std::make_unique<TestJob>(std::move(work));
  std::future<Outcome> outcome = job->future();
  thread.submit(std::move(job));
  return outcome;
}

TEST(ReadThread, a_coroutine_reads_what_is_committed_and_goes_on_on_its_own_thread) {
  const Folder folder;
  asio::io_context io;
  const auto writer = opened(Writer::open(folder.data()));
  write(*writer, [](Transaction& transaction) { add_due(transaction, 1); });
  const auto reads = reading(folder.data());
  struct Steps {
    static passerelle::Task<void> run(ReadThread& thread, std::int64_t& count, std::thread::id& worked_on) {
      const std::thread::id here = std::this_thread::get_id();
      const auto read_count = co_await read(thread, [&](Transaction& transaction) {
        worked_on = std::this_thread::get_id();
        return due_count(transaction);
      });
      EXPECT_EQ(std::this_thread::get_id(), here);
      count = read_count ? *read_count : -1;
    }
  };
  std::int64_t count = 0;
  std::thread::id worked_on = std::this_thread::get_id();
  std::exception_ptr thrown;
  asio::co_spawn(io, Steps::run(*reads, count, worked_on), [&](std::exception_ptr error) { thrown = error; });
  io.run();
  EXPECT_EQ(thrown, nullptr);
  EXPECT_EQ(count, 1);
  EXPECT_NE(worked_on, std::this_thread::get_id());
  reads->stop();
}

TEST(ReadThread, a_job_sees_one_moment_and_never_makes_the_writer_wait) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  const auto reads = reading(folder.data());
  std::int64_t before = -1, after = -1;
  auto read_job = submit(*reads, [&](Transaction& transaction) {
    before = due_count(transaction);
    write(*writer, [](Transaction& writing) { add_due(writing, 1); });  // commits while this one reads
    after = due_count(transaction);
  });
  EXPECT_EQ(read_job.get().failure, Failure::none);
  EXPECT_EQ(before, 0);
  EXPECT_EQ(after, 0);
  EXPECT_EQ(count_due(*writer), 1);
}

TEST(ReadThread, a_job_that_writes_or_throws_fails_alone) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  const auto reads = reading(folder.data());
  EXPECT_EQ(submit(*reads, [](Transaction& transaction) { add_due(transaction, 1); }).get().failure,
            Failure::rolled_back);
  EXPECT_EQ(submit(*reads, [](Transaction&) { throw std::runtime_error("a bug"); }).get().why, "a bug");
  EXPECT_EQ(submit(*reads, [](Transaction&) {}).get().failure, Failure::none);
  EXPECT_EQ(count_due(*writer), 0);
}

TEST(ReadThread, its_queue_has_an_end_and_what_is_queued_is_run_before_it_stops) {
  const Folder folder;
  const auto writer = opened(Writer::open(folder.data()));
  const auto reads = reading(folder.data(), 2);
  std::promise<void> entered, open;
  auto held = submit(*reads, [&](Transaction&) {
    entered.set_value();
    open.get_future().wait();
  });
  entered.get_future().wait();
  auto first = submit(*reads, [](Transaction&) {});
  auto second = submit(*reads, [](Transaction&) {});
  EXPECT_EQ(submit(*reads, [](Transaction&) {}).get().failure, Failure::full_queue);
  open.set_value();
  reads->stop();
  EXPECT_EQ(first.get().failure, Failure::none);
  EXPECT_EQ(second.get().failure, Failure::none);
  EXPECT_EQ(submit(*reads, [](Transaction&) {}).get().failure, Failure::stopped);
}

TEST(ReadThread, without_a_database_it_is_not_opened) {
  const Folder folder;
  EXPECT_FALSE(ReadThread::open(folder.data()));
}

}  // namespace
}  // namespace passerelle::store
