#include "store/copy.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "store/migrate.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

constexpr int steps_between_looks = 10'000;  // of SQLite's virtual machine: some milliseconds

std::string first_text(Database& database, Sql question) {
  Statement statement(database, question);
  return statement.next() ? statement.get<std::string>(0) : std::string();
}

std::int64_t first_number(Database& database, Sql question) {
  Statement statement(database, question);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

result<void> sync_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
  const int code = errno;
  if (descriptor >= 0) close(descriptor);
  if (!synced) return Error{"cannot be synced: " + std::generic_category().message(code), path};
  return {};
}

// Made here, so that it is ours alone from its first moment: SQLite writes into an empty file.
result<void> make_empty(const std::string& path) {
  const int made = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return Error{"cannot be made: " + std::generic_category().message(errno), path};
  close(made);
  return {};
}

}  // namespace

result<void> copy_database(const std::string& database, const std::string& path, const std::atomic<bool>* stop) {
  auto opened = Database::open(database, Database::Access::read);
  if (!opened) return opened.error();
  if (auto made = make_empty(path); !made) return made;
  if (stop != nullptr) {
    const auto given_up = [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; };
    sqlite3_progress_handler((*opened)->handle(), steps_between_looks, given_up, const_cast<std::atomic<bool>*>(stop));
  }
  try {
    (*opened)->execute("PRAGMA query_only=OFF;");  // it holds for the copy, too; nothing else is written here
    Statement(**opened, "VACUUM INTO ?1", path).run();
  } catch (const DatabaseError& error) {
    unlink(path.c_str());
    return Error{fmt::format("the database cannot be copied: {}", error.what()), path};
  }
  result<void> synced = sync_file(path);
  if (!synced) unlink(path.c_str());
  return synced;
}

std::map<std::string, std::int64_t> count_rows(Transaction& transaction) {
  static constexpr std::array<std::pair<const char*, Sql>, 13> questions{
      {{"person", "SELECT count(*) FROM person"},
       {"address", "SELECT count(*) FROM address"},
       {"address_person", "SELECT count(*) FROM address_person"},
       {"conversation", "SELECT count(*) FROM conversation"},
       {"inbound", "SELECT count(*) FROM inbound"},
       {"outbound", "SELECT count(*) FROM outbound"},
       {"part", "SELECT count(*) FROM part"},
       {"receipt", "SELECT count(*) FROM receipt"},
       {"due", "SELECT count(*) FROM due"},
       {"task", "SELECT count(*) FROM task"},
       {"case_file", "SELECT count(*) FROM case_file"},
       {"event", "SELECT count(*) FROM event"},
       {"content_version", "SELECT count(*) FROM content_version"}}};
  std::map<std::string, std::int64_t> counts;
  for (const auto& [table, question] : questions) counts[table] = first_number(transaction.database(), question);
  return counts;
}

result<Condition> examine_database(const std::string& path) {
  auto opened = Database::open(path, Database::Access::read);
  if (!opened) return opened.error();
  try {
    Database& database = **opened;
    if (first_number(database, "PRAGMA application_id") != application_id)
      return Error{"this database belongs to another program", path};
    Condition condition{first_number(database, "PRAGMA user_version"), {}, {}};
    const std::string sound = first_text(database, "PRAGMA integrity_check(1)");
    if (sound != "ok") condition.damage = sound;
    Transaction transaction(database);
    condition.counts = count_rows(transaction);
    return condition;
  } catch (const DatabaseError& error) {
    return Error{fmt::format("cannot be read: {}", error.what()), path};
  }
}

}  // namespace passerelle::store
