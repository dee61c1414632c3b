#include "base/task_thread.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace passerelle {
namespace {

Task<void> do_it(std::function<void()> work) {
  work();
  co_return;
}

}  // namespace

struct TaskThread::State {
  boost::asio::thread_pool pool{1};
};

TaskThread::TaskThread() : state_(std::make_unique<State>()) {}
TaskThread::~TaskThread() { state_->pool.join(); }

Task<void> TaskThread::run(std::function<void()> work) {
  return boost::asio::co_spawn(state_->pool.get_executor(), do_it(std::move(work)), boost::asio::use_awaitable);
}

}  // namespace passerelle
