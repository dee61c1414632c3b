// The noun Task comes first: transact() must not take it for the coroutine of the same name in base/task.hpp.
// clang-format off
#include "store/task.hpp"
#include "store/transact.hpp"
// clang-format on

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "unit/store/folder.hpp"

namespace passerelle::store {
namespace {

namespace asio = boost::asio;
using Coroutine = passerelle::Task<void>;

// Declared before the writer in every test, so that it outlives it.
void run(asio::io_context& io, Coroutine task) {
  std::exception_ptr thrown;
  asio::co_spawn(io, std::move(task), [&](std::exception_ptr error) { thrown = error; });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

std::int64_t insert_and_count(Transaction& transaction, std::int64_t ref) {
  add_due(transaction, ref);
  return number(transaction, "SELECT count(*) FROM due");
}

Coroutine returns_a_value(Writer& writer, std::thread::id& worked_on) {
  const std::thread::id here = std::this_thread::get_id();
  const Transacted<std::int64_t> count = co_await transact(writer, Lane::interactive, [&](Transaction& transaction) {
    worked_on = std::this_thread::get_id();
    return insert_and_count(transaction, 1);
  });
  EXPECT_TRUE(count);
  EXPECT_EQ(*count, 1);
  EXPECT_EQ(std::this_thread::get_id(), here) << "the coroutine never runs on the writer's thread";
}

TEST(Transact, works_on_the_writers_thread_and_resumes_on_its_own) {
  asio::io_context io;
  const auto writer = in_memory();
  std::thread::id worked_on = std::this_thread::get_id();
  run(io, returns_a_value(*writer, worked_on));
  EXPECT_NE(worked_on, std::this_thread::get_id());
}

Coroutine returns_nothing(Writer& writer) {
  const Transacted<void> done =
      co_await transact(writer, Lane::bulk, [](Transaction& transaction) { add_due(transaction, 1); });
  EXPECT_TRUE(done);
}

TEST(Transact, work_may_return_nothing) {
  asio::io_context io;
  const auto writer = in_memory();
  run(io, returns_nothing(*writer));
  EXPECT_EQ(count_due(*writer), 1);
}

Coroutine moves_only(Writer& writer, bool& done) {
  Transacted<std::unique_ptr<std::string>> moved = co_await transact(
      writer, Lane::interactive,
      [text = std::make_unique<std::string>("owned")](Transaction&) mutable { return std::move(text); });
  EXPECT_TRUE(moved);
  EXPECT_EQ(**moved, "owned");
  done = true;
}

TEST(Transact, work_and_its_result_need_only_be_movable) {
  asio::io_context io;
  const auto writer = in_memory();
  bool done = false;
  run(io, moves_only(*writer, done));
  EXPECT_TRUE(done);
}

Coroutine throws(Writer& writer, Uncommitted& error) {
  const Transacted<int> failed = co_await transact(writer, Lane::interactive, [](Transaction& transaction) -> int {
    add_due(transaction, 1);
    throw std::runtime_error("no such step");
  });
  if (!failed) error = failed.error();
}

TEST(Transact, an_exception_comes_back_as_uncommitted) {
  asio::io_context io;
  const auto writer = in_memory();
  Uncommitted error;
  run(io, throws(*writer, error));
  EXPECT_EQ(error.failure, Failure::rolled_back);
  EXPECT_EQ(error.why, "no such step");
  EXPECT_EQ(count_due(*writer), 0);
}

Coroutine too_late(Writer& writer, Failure& failure) {
  const Transacted<void> refused = co_await transact(writer, Lane::interactive, [](Transaction&) {});
  if (!refused) failure = refused.error().failure;
}

TEST(Transact, a_stopped_writer_answers_too) {
  asio::io_context io;
  const auto writer = in_memory();
  writer->stop();
  Failure failure = Failure::none;
  run(io, too_late(*writer, failure));
  EXPECT_EQ(failure, Failure::stopped);
}

Coroutine one_connection(Writer& writer, std::int64_t first, int count, std::atomic<int>& committed) {
  const std::thread::id here = std::this_thread::get_id();
  for (std::int64_t ref = first; ref < first + count; ++ref) {
    const auto done = co_await transact(writer, Lane::interactive,
                                        [ref](Transaction& transaction) { return insert_and_count(transaction, ref); });
    if (done) ++committed;
    EXPECT_EQ(std::this_thread::get_id(), here) << "a connection never changes thread";
  }
}

TEST(Transact, many_connections_on_several_io_threads_share_the_writer) {
  constexpr int threads = 3;
  constexpr int connections = 16;
  constexpr int turns = 10;
  const Folder folder;
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  for (int i = 0; i < threads; ++i) contexts.push_back(std::make_unique<asio::io_context>(1));
  const auto writer = opened(Writer::open(folder.data()));
  std::atomic<int> committed{0};
  for (int i = 0; i < threads * connections; ++i) {
    asio::co_spawn(*contexts[static_cast<std::size_t>(i % threads)],
                   one_connection(*writer, i * 1000, turns, committed), asio::detached);
  }
  std::vector<std::thread> running;
  for (const auto& context : contexts) running.emplace_back([&context] { context->run(); });
  for (std::thread& thread : running) thread.join();
  EXPECT_EQ(committed, threads * connections * turns);
  EXPECT_EQ(count_due(*writer), threads * connections * turns);
}

TEST(Transact, a_context_that_ends_with_posted_answers_frees_their_coroutines) {
  asio::io_context io;
  const auto writer = in_memory();
  std::atomic<int> committed{0};
  {
    Gate gate(*writer);
    asio::co_spawn(io, one_connection(*writer, 0, 1, committed), asio::detached);
    io.poll();  // the coroutine waits now
    gate.open();
  }
  writer->stop();  // its answer is posted and never run; the sanitizers watch what becomes of it
  EXPECT_EQ(committed, 0);
}

}  // namespace
}  // namespace passerelle::store
