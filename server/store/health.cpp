#include "store/health.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "store/data_folder.hpp"
#include "store/migrate.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::int64_t number(Database& database, Sql question) {
  Statement statement(database, question);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

std::string quick_check(Database& database) {
  Statement statement(database, "PRAGMA quick_check(1)");
  const std::string told = statement.next() ? statement.get<std::string>(0) : std::string("nothing");
  return told == "ok" ? std::string() : told;
}

std::optional<TimePoint> last_event(Database& database) {
  Statement statement(database, "SELECT at FROM event ORDER BY seq DESC LIMIT 1");
  return statement.next() ? std::optional(statement.get<TimePoint>(0)) : std::nullopt;
}

std::optional<TimePoint> last_inbound(Database& database) {
  Statement statement(database, "SELECT received_at FROM inbound ORDER BY id DESC LIMIT 1");
  return statement.next() ? std::optional(statement.get<TimePoint>(0)) : std::nullopt;
}

std::optional<TimePoint> last_outbound(Database& database) {
  Statement statement(database, "SELECT created_at FROM outbound ORDER BY id DESC LIMIT 1");
  return statement.next() ? std::optional(statement.get<TimePoint>(0)) : std::nullopt;
}

std::uint64_t size_of(const std::string& path) {
  std::error_code code;
  const auto size = std::filesystem::file_size(path, code);
  return code ? 0 : size;
}

}  // namespace

result<Health> health_of(const std::string& folder) {
  const std::string path = fmt::format("{}/{}", folder, database_name);
  Health health;
  health.newest = newest_schema(migrations());
  health.log_bytes = size_of(path + "-wal");  // before it is opened: whoever closes it last may tidy up
  auto opened = Database::open(path, Database::Access::read);
  if (!opened) return opened.error();
  try {
    Database& database = **opened;
    health.schema = number(database, "PRAGMA user_version");
    const bool empty = number(database, "SELECT count(*) FROM sqlite_schema") == 0;
    if (!empty && number(database, "PRAGMA application_id") != application_id)
      return Error{"this database belongs to another program; move it away, or name another data folder", path};
    health.damage = quick_check(database);
    if (empty || !health.damage.empty() || health.schema > health.newest) return health;
    health.latest = std::max({last_event(database), last_inbound(database), last_outbound(database)});
  } catch (const DatabaseError& error) {
    health.damage = error.what();
  }
  return health;
}

std::string sqlite_version() { return sqlite3_libversion(); }

}  // namespace passerelle::store
