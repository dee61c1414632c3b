#include "app_backup.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "base/timer.hpp"

namespace passerelle {
namespace {

constexpr auto between_looks = std::chrono::milliseconds(20);
constexpr auto after_failure = std::chrono::minutes(10);

backup::Retention retention_of(const Config& config) { return {config.backup_hours, config.backup_days}; }

std::chrono::hours interval_of(const Config& config) {
  return config.backup_hours > 0 ? std::chrono::hours(1) : std::chrono::hours(24);
}

// What runs on the helper's thread. co_spawn wants a value that can be made of nothing.
Task<std::optional<result<backup::Made>>> make_there(backup::Order order, backup::Retention retention, TimePoint now,
                                                     const std::atomic<bool>& stop) {
  try {
    auto made = backup::make_backup(order, now, &stop);
    if (made) backup::clear(order.folder, retention, now);
    co_return std::move(made);
  } catch (const std::exception& error) {
    co_return result<backup::Made>(Error{error.what(), ""});
  }
}

}  // namespace

std::optional<backup::Order> backup_order(const Config& config) {
  const auto recipient = backup::read_recipient(config.backup_recipient);
  if (!recipient) return std::nullopt;
  return backup::Order{config.data_dir, backup_folder(config), *recipient};
}

BackupRoutine::BackupRoutine(const Config& config, const Clock& clock, Executor executor)
    : config_(config), clock_(clock), executor_(executor), order_(backup_order(config)), wake_(executor, clock) {}

void BackupRoutine::start() {
  if (!order_) return;
  started_ = true;
  spawn(executor_, run());
}

void BackupRoutine::stop(std::chrono::milliseconds longest) {
  stopping_ = true;
  wake_.ring();
  if (started_) wake_.wait_until_ended(longest);
  helper_.join();
}

result<std::uint64_t> BackupRoutine::ask() {
  if (!order_) {
    return Error{
        "no backups are made: run 'passerelle backup keygen', and set [backup] recipient to what it prints first",
        "[backup] recipient"};
  }
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++asked_;
  }
  wake_.ring();
  return number;
}

Task<std::optional<result<backup::Made>>> BackupRoutine::wait(std::uint64_t number, std::chrono::milliseconds longest) {
  const auto end = std::chrono::steady_clock::now() + longest;
  while (std::chrono::steady_clock::now() < end && !stopping_) {
    {
      const std::lock_guard lock(mutex_);
      if (answered_ >= number && last_) co_return last_;
    }
    co_await wait_for(between_looks);
  }
  co_return std::nullopt;
}

BackupRoutine::Figures BackupRoutine::figures() const {
  const auto latest = newest();
  const std::lock_guard lock(mutex_);
  return {latest, failures_};
}

// Hours would be steps of a clock that is moved by years: it looks when others are woken.
Worker BackupRoutine::worker() {
  return {[this] { wake_.ring(); }, [this] { return !started_ || wake_.idle(); },
          [] { return std::optional<TimePoint>(); }};
}

Task<void> BackupRoutine::run() {
  while (!stopping_) {
    wake_.looking();
    if (is_due()) co_await make();
    if (!stopping_) co_await wake_.rest(next_look());
  }
  wake_.ended();
}

Task<void> BackupRoutine::make() {
  std::uint64_t until = 0;
  {
    const std::lock_guard lock(mutex_);
    until = asked_;
  }
  const TimePoint now = clock_.now();
  auto made = *co_await boost::asio::co_spawn(helper_, make_there(*order_, retention_of(config_), now, stopping_),
                                              boost::asio::use_awaitable);
  if (made) {
    log::info("backup.made", {{"bytes", static_cast<std::int64_t>(made->bytes)}, {"rows", made->rows}});
    not_before_.reset();
  } else if (!stopping_) {
    log::error("backup.failed", {{"why", to_string(made.error())}, {"remedy", "'passerelle doctor' tells more"}});
    not_before_ = now + after_failure;
  }
  const std::lock_guard lock(mutex_);
  failures_ += made ? 0 : 1;
  last_ = std::move(made);
  answered_ = until;
}

bool BackupRoutine::is_due() const {
  {
    const std::lock_guard lock(mutex_);
    if (asked_ > answered_) return true;
  }
  return next_look() <= clock_.now();
}

TimePoint BackupRoutine::next_look() const {
  const auto latest = newest();
  const TimePoint regular = latest ? *latest + interval_of(config_) : TimePoint{};
  return std::max(regular, not_before_.value_or(TimePoint{}));
}

std::optional<TimePoint> BackupRoutine::newest() const {
  if (!order_) return std::nullopt;
  const auto found = backup::newest_by(backup::backups_in(order_->folder), clock_.now());
  return found ? std::optional(found->made) : std::nullopt;
}

}  // namespace passerelle
