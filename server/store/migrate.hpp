// Brings a database to this program's schema: forward only, each migration in one transaction.
#pragma once

#include <span>
#include <string_view>

#include "store/database.hpp"

namespace passerelle::store {

struct Migration {
  int number;  // 1, 2, 3 …: PRAGMA user_version after it
  std::string_view sql;
};

std::span<const Migration> migrations();

// Errors: the schema is newer than this program, the database is another program's, or a migration failed.
result<void> migrate(Database& database, std::span<const Migration> steps);

}  // namespace passerelle::store
