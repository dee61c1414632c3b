#include "store/upgrade.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/log.hpp"
#include "store/copy.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view copy_mark = ".schema-";
constexpr std::string_view trial_ending = ".trial";

std::string path_in(const std::string& folder) { return fmt::format("{}/{}", folder, database_name); }

// Under another name until it is whole: a copy that bears the name can be trusted.
result<void> keep_copy(const std::string& path, std::int64_t schema) {
  const std::string whole = copy_before(path, schema);
  const std::string unfinished = whole + ".part";
  std::error_code code;
  fs::remove(unfinished, code);
  if (auto copied = copy_database(path, unfinished); !copied) {
    return Error{"nothing was upgraded, because no copy could be made first: " + to_string(copied.error()), path};
  }
  fs::rename(unfinished, whole, code);
  if (!code) return {};
  return Error{"nothing was upgraded, because no copy could be kept: " + code.message(), whole};
}

void remove_copies_but(const std::string& path, const std::string& kept) {
  for (const std::string& copy : copies_of(path)) {
    std::error_code ignored;
    if (copy != kept) fs::remove(copy, ignored);
  }
}

void remove_trial(const std::string& trial) {
  for (const char* ending : {"", "-wal", "-shm"}) unlink((trial + ending).c_str());
}

result<Upgrade> plan(Database& database, const std::string& path) {
  try {
    const auto version = schema_of(database, migrations());
    if (!version) return Error{version.error().what, path};
    return Upgrade{*version, newest_schema(migrations())};
  } catch (const DatabaseError& error) {
    return Error{fmt::format("cannot read the database: {}; restore a backup", error.what()), path};
  }
}

result<void> try_on(const std::string& trial) {
  auto opened = Database::open(trial, Database::Access::write);
  if (!opened) return opened.error();
  if (auto done = migrate(**opened, migrations()); !done) return done;
  opened->reset();
  const auto found = examine_database(trial);
  if (!found) return found.error();
  return found->damage.empty() ? result<void>() : Error{"the upgraded copy is damaged: " + found->damage, trial};
}

}  // namespace

std::string copy_before(const std::string& path, std::int64_t schema) {
  return fmt::format("{}{}{}", path, copy_mark, schema);
}

std::vector<std::string> copies_of(const std::string& path) {
  std::vector<std::string> found;
  const fs::path whole(path);
  const std::string beginning = whole.filename().string() + std::string(copy_mark);
  std::error_code code;
  for (fs::directory_iterator at(whole.parent_path(), code), end; !code && at != end; at.increment(code)) {
    if (at->path().filename().string().starts_with(beginning)) found.push_back(at->path().string());
  }
  return found;
}

result<void> upgrade(Database& database, const std::string& path, std::span<const Migration> steps) {
  const auto version = schema_of(database, steps);
  if (!version) return version.error();
  const bool used = *version > 0 && *version < newest_schema(steps) && !path.empty();
  if (!used) return migrate(database, steps);
  if (auto kept = keep_copy(path, *version); !kept) return kept;
  log::info("upgrade.copied", {{"schema", *version}});
  if (auto done = migrate(database, steps); !done) return done;
  remove_copies_but(path, copy_before(path, *version));
  return {};
}

result<Upgrade> planned_upgrade(const std::string& folder) {
  const std::string path = path_in(folder);
  std::error_code code;
  if (!fs::exists(path, code)) return Upgrade{0, newest_schema(migrations())};
  auto opened = Database::open(path, Database::Access::read);
  if (!opened) return opened.error();
  return plan(**opened, path);
}

result<Upgrade> rehearse_upgrade(const std::string& folder) {
  const auto planned = planned_upgrade(folder);
  if (!planned || planned->from == 0 || planned->from == planned->to) return planned;
  const std::string trial = path_in(folder) + std::string(trial_ending);
  remove_trial(trial);
  if (auto copied = copy_database(path_in(folder), trial); !copied) return copied.error();
  const result<void> tried = try_on(trial);
  remove_trial(trial);
  if (!tried) return tried.error();
  return planned;
}

result<Upgrade> upgrade_folder(const std::string& folder) {
  if (auto ready = prepare_folder(folder); !ready) return ready.error();
  const auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  const auto planned = planned_upgrade(folder);
  if (!planned || planned->from == 0 || planned->from == planned->to) return planned;
  auto opened = Database::open(path_in(folder), Database::Access::write);
  if (!opened) return opened.error();
  if (auto done = upgrade(**opened, path_in(folder), migrations()); !done) return Error{done.error().what, folder};
  return planned;
}

}  // namespace passerelle::store
