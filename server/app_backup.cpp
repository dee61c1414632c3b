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

// What runs on the helper's thread, and owns all that it looks at: a disk that hangs may keep it beyond the routine.
Task<BackupRoutine::Seen> look_there(std::string folder) {
  co_return BackupRoutine::Seen{backup::backups_in(folder), {}, 0};
}

result<backup::Made> make(const backup::Order& order, const BackupRoutine::Begun& begun,
                          const std::atomic<bool>& stop) {
  try {
    return backup::make_and_clear(order, begun.retention, begun.now, &stop);
  } catch (const std::exception& error) {
    return Error{error.what(), ""};
  }
}

// What cannot be made with the attachments is made without them, and told as a failure: photos that fill the disk, or
// an odd file among them, must not be the end of all backups. Whoever asked for it is told at once instead.
Task<BackupRoutine::Seen> make_there(BackupRoutine::Begun begun, std::shared_ptr<const BackupRoutine::Ending> ending) {
  backup::Order order = begun.order;
  auto made = make(order, begun, ending->stopping);
  BackupRoutine::Seen seen;
  if (!made && order.attachments && !begun.is_asked && !ending->stopping) {
    log::error("backup.without_attachments", {{"why", to_string(made.error())}});
    ++seen.failures;
    order.attachments = false;
    made = make(order, begun, ending->stopping);
  }
  seen.failures += made ? 0 : 1;
  seen.made = std::move(made);
  seen.kept = backup::backups_in(order.folder);
  co_return seen;
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
  ending_->stopping = true;
  wake_.ring();
  if (started_ && !wake_.wait_until_ended(longest)) {
    log::warning("backup.given_up", {{"why", "the folder of backups does not answer"}});
    ending_->given_up = true;
    static_cast<void>(helper_.release());  // its thread cannot be ended, only left to the end of the process
    return;
  }
  helper_->join();
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
  while (std::chrono::steady_clock::now() < end && !ending_->stopping) {
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
  const std::shared_ptr<const Ending> ending = ending_;  // after it was given up, nothing else is there any more
  while (!ending->stopping) {
    wake_.looking();
    Seen seen = co_await boost::asio::co_spawn(*helper_, look_there(order_->folder), boost::asio::use_awaitable);
    if (ending->given_up) co_return;
    keep(std::move(seen.kept));
    if (is_due() && !ending->stopping) {
      const Begun begun = begin();
      seen = co_await boost::asio::co_spawn(*helper_, make_there(begun, ending), boost::asio::use_awaitable);
      if (ending->given_up) co_return;
      finish(begun, std::move(seen));
    }
    if (!ending->stopping) co_await wake_.rest(next_look());
  }
  wake_.ended();
}

// What people sent stands in the first one of each day, and in those that somebody asks for: else whoever sends many
// photos would fill the disk with 24 copies of each.
BackupRoutine::Begun BackupRoutine::begin() const {
  const std::lock_guard lock(mutex_);
  Begun begun{*order_, retention_of(config_), clock_.now(), asked_, asked_ > answered_};
  begun.order.attachments = begun.is_asked || backup::is_first_of_day(kept_, begun.now);
  return begun;
}

void BackupRoutine::finish(const Begun& begun, Seen seen) {
  const result<backup::Made>& made = *seen.made;
  if (made) {
    log::info("backup.made", {{"bytes", static_cast<std::int64_t>(made->bytes)}, {"rows", made->rows}});
    not_before_.reset();
  } else if (!ending_->stopping) {
    log::error("backup.failed", {{"why", to_string(made.error())}, {"remedy", "'passerelle doctor' tells more"}});
    not_before_ = begun.now + after_failure;
  }
  const std::lock_guard lock(mutex_);
  kept_ = std::move(seen.kept);
  failures_ += seen.failures;
  last_ = std::move(seen.made);
  answered_ = begun.asked;
}

void BackupRoutine::keep(std::vector<backup::Kept> kept) {
  const std::lock_guard lock(mutex_);
  kept_ = std::move(kept);
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
  const std::lock_guard lock(mutex_);
  const auto found = backup::newest_by(kept_, clock_.now());
  return found ? std::optional(found->made) : std::nullopt;
}

}  // namespace passerelle
