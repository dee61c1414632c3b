#include "store/writer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.hpp"
#include "store/batch.hpp"
#include "store/checkpointer.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "store/lanes.hpp"
#include "store/sync_queue.hpp"
#include "store/upgrade.hpp"

namespace passerelle::store {
namespace {

void leave(const std::string& why) {
  log::error("writer_broken", {{"why", why}});
  _exit(1);  // no clean-up: what is on the disk is the truth, and the next start reads it
}

result<std::unique_ptr<Database>> migrated(result<std::unique_ptr<Database>> opened, const std::string& where) {
  if (!opened) return opened;
  try {
    if (result<void> done = upgrade(**opened, where, migrations()); !done) return Error{done.error().what, where};
  } catch (const DatabaseError& error) {
    return Error{fmt::format("cannot read the database: {}; restore a backup", error.what()), where};
  }
  return opened;
}

class FunctionJob final : public Job {
 public:
  explicit FunctionJob(const std::function<void(Transaction&)>& work) : work_(work) {}
  void run(Transaction& transaction) override { work_(transaction); }
  void finished(Failure failure, const std::string& why) noexcept override {
    if (failure == Failure::none)
      done_.set_value({});
    else
      done_.set_value(Error{why, ""});
  }
  std::future<result<void>> future() { return done_.get_future(); }

 private:
  const std::function<void(Transaction&)>& work_;
  std::promise<result<void>> done_;
};

// A database whose log the writer syncs itself.
struct Opened {
  std::unique_ptr<Database> database;
  sqlite3_file* log = nullptr;
};

result<Opened> own_log(result<std::unique_ptr<Database>> database, const std::string& where) {
  if (!database) return database.error();
  try {
    Opened opened{std::move(*database)};
    opened.log = opened.database->take_over_log();
    if (opened.log == nullptr && !where.empty()) return Error{"the log cannot be synced", where};
    // What an earlier run has committed and not synced, because it was killed, counts from now on: repeats are answered
    // by it.
    std::optional<std::string> why = opened.log != nullptr ? renew(opened.log, "log") : std::nullopt;
    // A run that ended because the file could not be synced has told so the index of the log, which stays where another
    // program has the database open.
    if (!why && opened.log != nullptr && opened.database->copied_frames() > 0)
      why = renew(opened.database->file(), "database");
    if (why) return Error{*why, where};
    return opened;
  } catch (const DatabaseError& error) {
    return Error{fmt::format("cannot use the log: {}", error.what()), where};
  }
}

}  // namespace

struct Writer::State {
  State(WriterLimits bounds, Opened opened, std::string where, std::optional<FolderLock> folder)
      : limits(bounds),
        path(std::move(where)),
        lock(std::move(folder)),
        database(std::move(opened.database)),
        log(opened.log),
        lanes(limits.queue) {}

  void work() {
    SyncQueue synced(log, {[this](Answers answers) { tell(std::move(answers)); },
                           [this](const std::string& why) { end_broken(why); }});
    {
      Checkpointer copying(path, [&synced](const std::string& why) { synced.give_up(why); });
      write(synced, copying);
    }  // its connection must not be the last one, nor open when the folder's lock is gone
    synced.drain();
    const std::optional<std::string> why = synced.broken();
    if (!why) {
      database->checkpoint(SQLITE_CHECKPOINT_TRUNCATE);  // a reader may prevent it: the next start copes
      return;
    }
    for (const Lane lane : {Lane::interactive, Lane::bulk}) {
      while (const std::unique_ptr<Job> job = lanes.pop(lane)) job->finished(Failure::stopped, *why);
    }
  }

  void write(SyncQueue& synced, Checkpointer& copying) {
    Batch batch(*database, lanes, synced, limits);
    while (lanes.wait()) {
      synced.wait_for_room();  // meanwhile jobs gather for the next batch
      if (synced.broken()) return;
      if (const std::optional<std::string> why = batch.run()) synced.give_up(*why);
      Answers answers = batch.take_answers();
      const bool logged = answers.logged;
      synced.pass(std::move(answers), lanes.empty());
      keep_log_short(synced, copying, logged);
    }
  }

  // A copying begins right after a commit that wrote to the log: see Checkpointer. Most of it is beside the batches
  // that follow. Its end is the writer's, after the answers, so that nobody waits for it but the next batch; when
  // nothing came meanwhile, SQLite has begun the log anew by itself.
  void keep_log_short(SyncQueue& synced, Checkpointer& copying, bool logged) {
    const bool is_long = database->log_pages() >= limits.long_log;
    const Checkpointer::Stand stand = copying.stand();
    if (stand == Checkpointer::Stand::idle) {
      if (logged && is_long) copying.begin();
      return;
    }
    if (stand == Checkpointer::Stand::under_way && database->log_pages() < limits.longest_log) return;
    copying.end();
    if (!is_long) return;
    synced.drain();
    if (synced.broken()) return;
    if (const std::optional<std::string> why = database->copy_log()) synced.give_up(*why);
  }

  void tell(Answers answers) {
    for (Answer& answer : answers.jobs) {
      if (answer.failure != Failure::none) ++undone;
      answer.job->finished(answer.failure, answer.why);
      answer.job.reset();
    }
    if (answers.notes.empty()) return;
    // Held while the listener runs: whoever took it away may then destroy what it rings.
    const std::lock_guard guard(listening);
    if (committed) committed(answers.notes);
  }

  void end_broken(const std::string& why) {
    std::function<void(const std::string&)> handler;
    {
      const std::lock_guard guard(mutex);
      handler = broken;
    }
    handler(why);
    // Only a test's handler comes back. Nothing more is written; whoever waits is told.
    lanes.stop();
  }

  const WriterLimits limits;
  const std::string path;          // of the database; empty: in memory
  std::optional<FolderLock> lock;  // released last
  std::unique_ptr<Database> database;
  sqlite3_file* const log;
  Lanes lanes;
  std::atomic<std::int64_t> undone = 0;
  std::mutex mutex;
  std::function<void(const std::string&)> broken = leave;
  std::mutex listening;
  std::function<void(const Notes&)> committed;
  std::thread thread;
};

result<std::unique_ptr<Writer>> Writer::open(const std::string& directory, WriterLimits limits) {
  if (result<void> ready = prepare_folder(directory); !ready) return ready.error();
  result<FolderLock> lock = FolderLock::take(directory);
  if (!lock) return lock.error();
  if (result<void> ready = prepare_database(directory); !ready) return ready.error();
  const std::string path = fmt::format("{}/{}", directory, database_name);
  result<Opened> opened = own_log(migrated(Database::open(path, Database::Access::write), path), path);
  if (!opened) return opened.error();
  return std::unique_ptr<Writer>(
      new Writer(std::make_unique<State>(limits, std::move(*opened), path, std::move(*lock))));
}

result<std::unique_ptr<Writer>> Writer::open_in_memory(WriterLimits limits) {
  result<Opened> opened = own_log(migrated(Database::open_in_memory(), ""), "");
  if (!opened) return opened.error();
  return std::unique_ptr<Writer>(new Writer(std::make_unique<State>(limits, std::move(*opened), "", std::nullopt)));
}

bool Writer::is_locked(const Error& error) { return is_lock_error(error); }

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([loop = state_.get()] { loop->work(); });
}

Writer::~Writer() { stop(); }

void Writer::submit(Lane lane, std::unique_ptr<Job> job) {
  const Failure failure = state_->lanes.push(lane, job);
  if (failure == Failure::none) return;
  job->finished(failure, failure == Failure::stopped ? "the writer has stopped" : "the writer's queue is full");
}

std::chrono::milliseconds Writer::oldest_wait() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(state_->lanes.oldest_wait());
}

std::int64_t Writer::undone() const { return state_->undone; }

void Writer::stop() {
  state_->lanes.stop();
  if (!state_->thread.joinable()) return;
  state_->thread.join();
  state_->database.reset();
  state_->lock.reset();
}

void Writer::on_broken(std::function<void(const std::string&)> handler) {
  const std::lock_guard guard(state_->mutex);
  state_->broken = std::move(handler);
}

void Writer::on_committed(std::function<void(const Notes&)> listener) {
  const std::lock_guard guard(state_->listening);
  state_->committed = std::move(listener);
}

result<void> transact_now(Writer& writer, const std::function<void(Transaction&)>& work) {
  auto job = std::make_unique<FunctionJob>(work);
  std::future<result<void>> done = job->future();
  writer.submit(Lane::interactive, std::move(job));
  return done.get();
}

}  // namespace passerelle::store
