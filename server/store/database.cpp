#include "store/database.hpp"

#include <fmt/format.h>

#include "store/log_file.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

constexpr int busy_milliseconds = 5000;

void check(int code, sqlite3* handle, const char* doing) {
  if (code != SQLITE_OK) throw DatabaseError(code, fmt::format("{}: {}", doing, sqlite3_errmsg(handle)));
}

}  // namespace

result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
  return open(path, access, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
}

result<std::unique_ptr<Database>> Database::open_in_memory() {
  return open("", Access::write, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY);
}

result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access, int flags) {
  // Nobody reads SQLite's count of its memory, for which each allocation would take a lock. Refused where somebody else
  // has set SQLite up already, and then only slower.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* handle = nullptr;
  const char* const layer = access == Access::write && !path.empty() ? log_layer() : nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, layer);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) {
    const char* why = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return Error{fmt::format("cannot open the database: {}", why), path};
  }
  try {
    database->configure(access, (flags & SQLITE_OPEN_MEMORY) != 0);
  } catch (const DatabaseError& error) {
    const bool foreign = error.primary_code() == SQLITE_NOTADB;
    return Error{foreign ? "this is not a SQLite database; move it away, or name another data folder"
                         : fmt::format("cannot use the database: {}", error.what()),
                 path};
  }
  return database;
}

Database::~Database() {
  for (auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
  sqlite3_close(handle_);
}

void Database::configure(Access access, bool in_memory) {
  sqlite3_extended_result_codes(handle_, 1);
  check(sqlite3_busy_timeout(handle_, busy_milliseconds), handle_, "busy_timeout");
  for (const auto& [option, value] :
       {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_DQS_DML, 0},
        std::pair{SQLITE_DBCONFIG_DQS_DDL, 0}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}}) {
    check(sqlite3_db_config(handle_, option, value, nullptr), handle_, "dbconfig");
  }
  // The cache holds the pages of a whole batch; secure_delete: what is erased must be gone from the file.
  execute(
      "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=OFF; PRAGMA mmap_size=0;"
      "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;"
      "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=16777216;");
  if (access == Access::read) {
    execute("PRAGMA query_only=ON;");
    return;
  }
  const std::string mode = [this] {
    Statement statement(*this, "PRAGMA journal_mode=WAL");
    return statement.next() ? statement.get<std::string>(0) : std::string();
  }();
  if (!in_memory && mode != "wal") throw DatabaseError(SQLITE_ERROR, "this file system cannot keep a write-ahead log");
  // Instead of SQLite's automatic checkpoint, which runs inside COMMIT and hides its errors: the log is copied beside
  // the writer, and the rest of it once the jobs of a batch have been answered.
  sqlite3_wal_hook(
      handle_,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Database*>(self)->log_pages_ = pages;
        static_cast<Database*>(self)->logged_ = true;
        return SQLITE_OK;
      },
      this);
}

void Database::execute(const std::string& script) {
  check(sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr), handle_, "execute");
}

void Database::begin() {
  Statement(*this, "BEGIN IMMEDIATE").run();
  expects_transaction_ = true;
}

int Database::commit() {
  Prepared& prepared = prepare("COMMIT");
  const int code = sqlite3_step(prepared.statement);
  sqlite3_reset(prepared.statement);
  if (code == SQLITE_DONE) expects_transaction_ = false;
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

void Database::roll_back() {
  expects_transaction_ = false;
  if (open_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

int Database::checkpoint(int mode) {
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, &copied);
  if (code == SQLITE_OK) log_pages_ = 0;
  if (copied != std::exchange(copied_, copied)) unsynced_ = true;
  return code;
}

std::optional<std::string> Database::copy_log() {
  const int code = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  if (code == SQLITE_OK || is_passing(code)) return std::nullopt;
  return "checkpoint: " + last_error();
}

std::optional<std::string> Database::sync_file() {
  if (!std::exchange(unsynced_, false)) return std::nullopt;
  sqlite3_file* const own = file();
  const int code = own == nullptr ? SQLITE_NOTFOUND : own->pMethods->xSync(own, SQLITE_SYNC_NORMAL);
  if (code == SQLITE_OK) return std::nullopt;
  return fmt::format("sync of the file: {} (SQLite {})", sqlite3_errstr(code), code);
}

sqlite3_file* Database::file() {
  sqlite3_file* file = nullptr;
  const int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  return code == SQLITE_OK ? file : nullptr;
}

std::uint32_t Database::copied_frames() {
  constexpr int index_page = 32'768;
  constexpr std::size_t copied_at = 96;
  void volatile* index = nullptr;
  sqlite3_file* const own = file();
  if (own == nullptr) throw DatabaseError(SQLITE_NOTFOUND, "the index of the log cannot be read");
  check(own->pMethods->xShmMap(own, 0, index_page, 0, &index), handle_, "wal_index");
  if (index == nullptr) return 0;
  return *reinterpret_cast<const volatile std::uint32_t*>(static_cast<const volatile char*>(index) + copied_at);
}

sqlite3_file* Database::take_over_log() {
  // SQLite goes on to sync the log before it copies it into the file, the file after that, and a new log's header.
  // Nothing of a transaction goes to the log before its COMMIT: a cache that is too small grows. Our log file asks for
  // that, and SQLite 3.40.1 needs it itself: where pages of a savepoint that is undone were in the log already, it
  // writes checksums by which everything from there on is lost in a crash, acknowledged or not.
  execute("PRAGMA synchronous=NORMAL; PRAGMA cache_spill=OFF;");
  sqlite3_file* log = nullptr;
  check(sqlite3_file_control(handle_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log), handle_, "journal_pointer");
  return log != nullptr && log->pMethods != nullptr ? gather_frames(log) : nullptr;
}

std::string Database::last_error() const {
  return fmt::format("{} (SQLite {})", sqlite3_errmsg(handle_), sqlite3_extended_errcode(handle_));
}

Database::Prepared& Database::prepare(Sql sql) {
  Prepared& prepared = prepared_[sql.text];
  if (prepared.statement == nullptr) {
    const int code = sqlite3_prepare_v3(handle_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &prepared.statement, nullptr);
    if (code != SQLITE_OK) fail(code, sql.text);
  }
  return prepared;
}

void Database::fail(int code, const char* doing) {
  throw DatabaseError(code, fmt::format("{} (SQLite {}, in: {})", sqlite3_errmsg(handle_), code, doing));
}

}  // namespace passerelle::store
