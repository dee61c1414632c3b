// Task<T>: a coroutine on an Asio executor. Handlers return it; only net, live and store make the awaited things.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace passerelle {

template <class T>
using Task = boost::asio::awaitable<T>;

// Where coroutines run: one thread of net's.
using Executor = boost::asio::any_io_executor;

// Starts a task that nobody waits for. One that throws has a bug: that is logged, and nothing else ends with it.
void spawn(const Executor& executor, Task<void> task);

}  // namespace passerelle
