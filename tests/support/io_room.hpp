// An io thread for tests of what lives on one: the test's own thread runs it for as long as the test waits.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>

#include "base/task.hpp"

namespace passerelle::testing {

class IoRoom {
 public:
  Executor executor() { return context_.get_executor(); }

  // Runs until 'reached', at most 'patience' of real time.
  ::testing::AssertionResult until(const std::function<bool()>& reached,
                                   std::chrono::seconds patience = std::chrono::seconds(30)) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!reached()) {
      if (std::chrono::steady_clock::now() > deadline) return ::testing::AssertionFailure() << "not reached in time";
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(5));
    }
    return ::testing::AssertionSuccess();
  }

  template <class T>
  T run(Task<T> task) {
    std::optional<T> value;
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(task), [&](std::exception_ptr thrown, T made) {
      failure = thrown;
      value.emplace(std::move(made));
    });
    if (!until([&] { return value.has_value(); })) throw std::runtime_error("a task did not end in time");
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
  }

  boost::asio::io_context& context() { return context_; }

 private:
  boost::asio::io_context context_{1};
};

}  // namespace passerelle::testing
