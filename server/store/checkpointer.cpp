#include "store/checkpointer.hpp"

#include <memory>
#include <utility>

#include "base/log.hpp"
#include "store/database.hpp"

namespace passerelle::store {

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  moved_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Checkpointer::Stand Checkpointer::stand() {
  const std::lock_guard lock(mutex_);
  return stand_;
}

void Checkpointer::begin() {
  {
    const std::lock_guard lock(mutex_);
    stand_ = Stand::under_way;
  }
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  moved_.notify_all();
}

std::optional<std::string> Checkpointer::end() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return stand_ != Stand::under_way; });
  stand_ = Stand::idle;
  return broken_;
}

void Checkpointer::work() {
  result<std::unique_ptr<Database>> own = Database::open(path_, Database::Access::write);
  if (!own) log::warning("checkpoint.not_beside", {{"why", own.error().what}});
  std::unique_lock lock(mutex_);
  while (true) {
    moved_.wait(lock, [this] { return stopped_ || stand_ == Stand::under_way; });
    if (stand_ != Stand::under_way) return;
    lock.unlock();
    std::optional<std::string> broken = own ? (*own)->copy_log() : std::nullopt;
    lock.lock();
    broken_ = std::move(broken);
    stand_ = Stand::ended;
    moved_.notify_all();
  }
}

}  // namespace passerelle::store
