#include "base/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/core/demangle.hpp>
#include <exception>

#include "base/log.hpp"

namespace passerelle {
namespace {

void tell(const std::exception_ptr& thrown) {
  if (thrown == nullptr) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    log::error("task_ended", {{"class", boost::core::demangle(typeid(error).name())}, {"why", error.what()}});
  } catch (...) {
    log::error("task_ended", {{"class", "unknown"}});
  }
}

}  // namespace

void spawn(const Executor& executor, Task<void> task) { boost::asio::co_spawn(executor, std::move(task), tell); }

}  // namespace passerelle
