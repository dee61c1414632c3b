#include "store/checkpointer.hpp"

#include <system_error>
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
  const std::lock_guard lock(mutex_);
  stand_ = Stand::under_way;
  try {
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  } catch (const std::system_error& error) {
    log::warning("checkpoint.not_beside", {{"why", error.what()}});
    stand_ = Stand::ended;
  }
  moved_.notify_all();
}

void Checkpointer::end() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return stand_ != Stand::under_way; });
  stand_ = Stand::idle;
}

void Checkpointer::work() {
  std::unique_ptr<Database> own;
  std::unique_lock lock(mutex_);
  while (true) {
    moved_.wait(lock, [this] { return stopped_ || stand_ == Stand::under_way; });
    if (stand_ != Stand::under_way) return;
    lock.unlock();
    copy(own);
    lock.lock();
    stand_ = Stand::ended;
    moved_.notify_all();
  }
}

void Checkpointer::copy(std::unique_ptr<Database>& own) {
  if (own == nullptr) {
    result<std::unique_ptr<Database>> opened = Database::open(path_, Database::Access::write);
    if (!opened) return log::warning("checkpoint.not_beside", {{"why", opened.error().what}});
    own = std::move(*opened);
  }
  // SQLite syncs the file only where nothing was committed meanwhile: then the writer would wait for all that was
  // copied here.
  std::optional<std::string> why = own->copy_log();
  if (!why) why = own->sync_file();
  if (why) broken_(*why);
}

}  // namespace passerelle::store
