#include "store/statement.hpp"

namespace passerelle::store {

Statement::Statement(Database& database, Sql sql, Borrowed) : database_(database), prepared_(database.prepare(sql)) {
  if (database.lost_transaction()) {
    throw DatabaseError(SQLITE_ABORT_ROLLBACK, "the transaction was rolled back by an earlier error");
  }
  if (prepared_.in_use) throw std::logic_error(std::string("a statement is used inside itself: ") + sql.text);
  prepared_.in_use = true;
}

Statement::~Statement() {
  sqlite3_reset(prepared_.statement);
  sqlite3_clear_bindings(prepared_.statement);
  prepared_.in_use = false;
}

bool Statement::next() {
  const int code = sqlite3_step(prepared_.statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code, sqlite3_sql(prepared_.statement));
  return false;
}

void Statement::run() {
  while (next()) {
  }
}

void Statement::bind(int index, std::int64_t value) { check(sqlite3_bind_int64(prepared_.statement, index, value)); }

// Texts are copied unless they are lent: an argument may be a temporary, and a statement outlives the expression that
// made it.
void Statement::bind(int index, std::string_view text) {
  const char* bytes = text.data() != nullptr ? text.data() : "";
  check(sqlite3_bind_text64(prepared_.statement, index, bytes, text.size(), texts_, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
  const char* bytes = blob.bytes.data() != nullptr ? blob.bytes.data() : "";
  check(sqlite3_bind_blob64(prepared_.statement, index, bytes, blob.bytes.size(), texts_));
}

void Statement::bind(int index, std::nullopt_t) { check(sqlite3_bind_null(prepared_.statement, index)); }

// The constructor throws through here, after the destructor's duty has begun: a delegating constructor that has
// finished makes the object complete, so the destructor runs and hands the statement back.
void Statement::check(int code) {
  if (code != SQLITE_OK) database_.fail(code, sqlite3_sql(prepared_.statement));
}

std::string Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(prepared_.statement, column);
  const int size = sqlite3_column_bytes(prepared_.statement, column);
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

}  // namespace passerelle::store
