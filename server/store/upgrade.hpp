// Brings the database of a data folder to this program's schema, and keeps a copy of what it was before.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/migrate.hpp"

namespace passerelle::store {

// As migrate(). Of a database that has been used, 'path' is copied to copy_before() first; without the copy nothing is
// changed. Copies of earlier upgrades go once the new schema stands. 'path' is empty for a database in memory.
result<void> upgrade(Database& database, const std::string& path, std::span<const Migration> steps);

std::string copy_before(const std::string& path, std::int64_t schema);  // "…/passerelle.db.schema-4"
std::vector<std::string> copies_of(const std::string& path);            // those that are there

// What an upgrade of this folder would do.
struct Upgrade {
  std::int64_t from = 0;  // 0: there is no database yet
  std::int64_t to = 0;
};
// Of a folder that may be in use. Errors: as migrate().
result<Upgrade> planned_upgrade(const std::string& folder);
// Tries it on a copy beside the database, which goes afterwards. Errors: it would fail, and why.
result<Upgrade> rehearse_upgrade(const std::string& folder);
// Does it, under the folder's lock (is_lock_error()).
result<Upgrade> upgrade_folder(const std::string& folder);

}  // namespace passerelle::store
