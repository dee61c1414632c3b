#include "store/sync_queue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace passerelle::store {
namespace {

void refuse(Answers& answers, const std::string& why) {
  answers.notes = {};
  for (Answer& answer : answers.jobs) {
    answer.failure = Failure::stopped;
    answer.why = why;
  }
}

}  // namespace

std::optional<std::string> sync_log(sqlite3_file* log) {
  const int code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
  if (code == SQLITE_OK) return std::nullopt;
  return fmt::format("sync of the log: {} (SQLite {})", sqlite3_errstr(code), code);
}

std::optional<std::string> renew(sqlite3_file* file, std::string_view name) {
  sqlite3_int64 size = 0;
  int code = file->pMethods->xFileSize(file, &size);
  std::vector<char> piece(std::size_t{1} << 16);
  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size;) {
    const int length = static_cast<int>(std::min(static_cast<sqlite3_int64>(piece.size()), size - at));
    code = file->pMethods->xRead(file, piece.data(), length, at);
    if (code == SQLITE_OK) code = file->pMethods->xWrite(file, piece.data(), length, at);
    at += length;
  }
  if (code == SQLITE_OK) return sync_log(file);
  const char* const remedy = (code & 0xFF) == SQLITE_FULL ? "; make room on the disk and start again" : "";
  return fmt::format("the {} cannot be written again: {} (SQLite {}){}", name, sqlite3_errstr(code), code, remedy);
}

SyncQueue::SyncQueue(sqlite3_file* log, Ends ends) : log_(log), ends_(std::move(ends)) {
  if (log_ == nullptr) return;
  idle_ = true;
  thread_ = std::thread([this] { work(); });
}

SyncQueue::~SyncQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  something_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void SyncQueue::wait_for_room() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return waiting_.empty(); });
}

void SyncQueue::drain() {
  std::unique_lock lock(mutex_);
  moved_.wait(lock, [this] { return waiting_.empty() && !busy_; });
}

void SyncQueue::pass(Answers answers, bool alone) {
  {
    const std::lock_guard lock(mutex_);
    const bool behind = busy_ || !waiting_.empty();
    const bool worth_it = log_ != nullptr && answers.logged && !alone;
    if (behind || worth_it) {
      waiting_.push_back(std::move(answers));
      idle_ = false;
      something_.notify_one();
      return;
    }
  }
  std::vector<Answers> one;
  one.push_back(std::move(answers));
  settle(std::move(one));
}

void SyncQueue::give_up(const std::string& why) {
  {
    std::unique_lock lock(mutex_);
    if (broken_) return given_up_.wait(lock, [this] { return broken_told_; });
    broken_ = why;
  }
  ends_.broken(why);
  {
    const std::lock_guard lock(mutex_);
    broken_told_ = true;
  }
  given_up_.notify_all();
}

std::optional<std::string> SyncQueue::broken() {
  std::unique_lock lock(mutex_);
  given_up_.wait(lock, [this] { return !broken_ || broken_told_; });
  return broken_;
}

void SyncQueue::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    something_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<Answers> batches = std::exchange(waiting_, {});
    busy_ = true;
    moved_.notify_one();
    lock.unlock();
    settle(std::move(batches));
    lock.lock();
    busy_ = false;
    idle_ = waiting_.empty();
    moved_.notify_one();
  }
}

void SyncQueue::settle(std::vector<Answers> batches) {
  std::optional<std::string> why = broken();  // then a sync may succeed, and does not bring back what another one lost
  if (!why && log_ != nullptr && std::ranges::any_of(batches, &Answers::logged)) {
    why = sync_log(log_);
    if (why) give_up(*why);
  }
  for (Answers& answers : batches) {
    if (why) refuse(answers, *why);
    ends_.tell(std::move(answers));
  }
}

}  // namespace passerelle::store
