// One SQLite connection with our settings and its prepared statements. Used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/result.hpp"

namespace passerelle::store {

// The world is broken (disk, file, a bug in our SQL). The message never holds a bound value.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}

  int code() const { return code_; }  // SQLite's extended result code
  int primary_code() const { return code_ & 0xFF; }

 private:
  int code_;
};

// An error that passes: the disk is full, or somebody holds a lock.
inline bool is_passing(int code) { return (code & 0xFF) == SQLITE_FULL || (code & 0xFF) == SQLITE_BUSY; }

// A statement's text: always a literal, so that its address is the key of the prepared statement, and no text can be
// built at run time.
struct Sql {
  consteval Sql(const char* literal) : text(literal) {}

  const char* text;
};

class Database {
 public:
  enum class Access { write, read };

  // The file must exist (an empty one is a new database). Only the writer and its Checkpointer copy the log; a reader
  // cannot write.
  static result<std::unique_ptr<Database>> open(const std::string& path, Access access);
  static result<std::unique_ptr<Database>> open_in_memory();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs one or several statements without keeping them: settings and migrations.
  void execute(const std::string& script);

  std::int64_t changes() const { return sqlite3_changes64(handle_); }
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }

  // Between begin() and commit() or roll_back(), every statement insists that the transaction is still there: SQLite
  // rolls back the whole of it on some errors (a full disk), and what follows must not be committed on its own.
  void begin();      // IMMEDIATE; throws DatabaseError
  int commit();      // SQLite's result; the transaction may still be open when it is not SQLITE_OK
  void roll_back();  // never throws; nothing is open afterwards, or open_transaction() says so
  bool open_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  bool lost_transaction() const { return expects_transaction_ && !open_transaction(); }

  // Pages in the write-ahead log after the last commit. At a certain length it is copied into the file.
  int log_pages() const { return log_pages_; }
  // Whether a commit has written to the log since this was asked last.
  bool take_logged() { return std::exchange(logged_, false); }
  // From now on commits do not sync the log: the owner does, through this file, before it tells anybody of them. Null:
  // there is no log (a database in memory). It stays the same for as long as the connection is open.
  sqlite3_file* take_over_log();
  int checkpoint(int mode);  // SQLITE_CHECKPOINT_*; SQLite's result
  // Copies what no reader holds up from the log into the file. The result, if any, is why the world is broken: a full
  // disk or a lock are none.
  std::optional<std::string> copy_log();
  // Makes durable what copy_log() has copied, if there was anything; why not.
  std::optional<std::string> sync_file();
  sqlite3_file* file();  // the database's own; null: SQLite does not tell
  // Frames of the log that were copied into the file before this connection came (the WAL-index' nBackfill,
  // https://sqlite.org/walformat.html); 0 unless somebody else has the database open.
  std::uint32_t copied_frames();

  std::string last_error() const;
  sqlite3* handle() { return handle_; }

 private:
  friend class Statement;
  struct Prepared {
    sqlite3_stmt* statement = nullptr;
    bool in_use = false;
  };

  explicit Database(sqlite3* handle) : handle_(handle) {}
  static result<std::unique_ptr<Database>> open(const std::string& path, Access access, int flags);
  void configure(Access access, bool in_memory);
  Prepared& prepare(Sql sql);
  [[noreturn]] void fail(int code, const char* doing);

  sqlite3* handle_;
  std::unordered_map<const char*, Prepared> prepared_;
  bool expects_transaction_ = false;
  int log_pages_ = 0;
  int copied_ = 0;         // frames of the log, as the last checkpoint tells
  bool unsynced_ = false;  // some were copied since the file was synced
  bool logged_ = false;
};

}  // namespace passerelle::store
