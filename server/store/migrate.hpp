// Brings a database to this program's schema: forward only, all that is missing in one transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "store/database.hpp"

namespace passerelle::store {

// "Pass" in the file's header: `file passerelle.db` and we ourselves know whose it is.
inline constexpr std::int64_t application_id = 0x50617373;

struct Migration {
  int number;  // 1, 2, 3 …: PRAGMA user_version after it
  std::string_view sql;
};

std::span<const Migration> migrations();

std::int64_t newest_schema(std::span<const Migration> steps);
// 0: an empty database. Errors: the schema is newer than this program, the database is another program's.
result<std::int64_t> schema_of(Database& database, std::span<const Migration> steps);

// Errors: the schema is newer than this program, the database is another program's, or a migration failed.
result<void> migrate(Database& database, std::span<const Migration> steps);

}  // namespace passerelle::store
