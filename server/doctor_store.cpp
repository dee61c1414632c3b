// The database and the clock that it trusts.
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <charconv>

#include "base/file.hpp"
#include "doctor.hpp"
#include "store/data_folder.hpp"

namespace passerelle::doctor {
namespace {

constexpr std::uint64_t longest_log = std::uint64_t{64} * 1024 * 1024;
constexpr std::chrono::seconds slack{30};
constexpr int oldest_rules = 2;  // years

std::string database_of(const House& house) {
  return house.config().data_dir + "/" + std::string(store::database_name);
}

// Null: there is no database, or none of ours.
const store::Health* health_of(const House& house) { return house.health && *house.health ? &**house.health : nullptr; }

void opens(const House& house, Troubles& to) {
  if (!house.health || *house.health) return;
  const Error& error = house.health->error();
  to.push_back({error.where, error.what, "move it away and restore a backup: 'passerelle restore'"});
}

void damaged(const House& house, Troubles& to) {
  const store::Health* health = health_of(house);
  if (health == nullptr || health->damage.empty()) return;
  to.push_back({database_of(house), "the database is damaged: " + health->damage,
                "stop the server, keep this file, and restore the last backup: 'passerelle restore'"});
}

void schema(const House& house, Troubles& to) {
  const store::Health* health = health_of(house);
  if (health == nullptr || health->schema == health->newest) return;
  if (health->schema > health->newest) {
    to.push_back(
        {database_of(house),
         fmt::format("the database has schema {} and this program knows only {}", health->schema, health->newest),
         "start the newer Passerelle that wrote it, or restore a backup from before the upgrade"});
  } else if (health->schema > 0) {
    to.push_back({database_of(house),
                  fmt::format("the database has schema {}, and this program {}", health->schema, health->newest),
                  "the next start upgrades it; 'passerelle migrate --dry-run' tries that on a copy", true});
  }
}

void log_size(const House& house, Troubles& to) {
  const store::Health* health = health_of(house);
  if (health == nullptr || health->log_bytes <= longest_log) return;
  to.push_back({database_of(house) + "-wal",
                fmt::format("the write-ahead log has grown to {} MB", health->log_bytes / (1024 * 1024)),
                "end programs that keep the database open, then restart the server"});
}

void behind(const House& house, Troubles& to) {
  const store::Health* health = health_of(house);
  constexpr const char* remedy = "set the clock right, and have it kept so: timedatectl set-ntp true";
  if (health != nullptr && health->latest && *health->latest > house.now + slack) {
    to.push_back({"clock",
                  "this machine's clock is " + long_ago(*health->latest - house.now) + " behind the newest record",
                  remedy});
    return;
  }
  for (const std::string& path : {database_of(house), house.config().data_dir, house.sources.file}) {
    struct stat file{};
    if (path.empty() || stat(path.c_str(), &file) != 0) continue;
    const TimePoint written(std::chrono::seconds(file.st_mtime));
    if (written <= house.now + slack) continue;
    to.push_back(
        {"clock", "this machine's clock is " + long_ago(written - house.now) + " behind the time of " + path, remedy});
    return;
  }
}

// "# version 2025b": rules of 2025, the second of that year.
void zone_rules(const House& house, Troubles& to) {
  constexpr const char* path = "/usr/share/zoneinfo/tzdata.zi";
  constexpr std::string_view mark = "# version ";
  const auto text = read_file(path);
  if (!text) {
    to.push_back({path, "the operating system's time zones cannot be read", "run: apt-get install tzdata"});
    return;
  }
  int year = 0;
  if (text->starts_with(mark)) std::from_chars(text->data() + mark.size(), text->data() + mark.size() + 4, year);
  const date::year_month_day today(date::floor<date::days>(house.now));
  if (year == 0 || static_cast<int>(today.year()) - year < oldest_rules) return;
  to.push_back({path, fmt::format("the rules of time zones are of {}: reminders may come an hour early or late", year),
                "run: apt-get update && apt-get install tzdata"});
}

void library(const House&, Troubles& to) {
  to.push_back(
      {"", "SQLite " + store::sqlite_version() + ", each answer after a sync of the log, one process to a folder",
       "while the server runs, look at the database with its commands only, never with another program that writes",
       true});
}

}  // namespace

std::span<const Check> store_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"database.opens", "whether passerelle.db is a database, and ours", opens},
      {"database.sound", "SQLite's quick check of the whole file", damaged},
      {"database.schema", "the schema, against the one that this program knows", schema},
      {"database.log", "the length of the write-ahead log", log_size},
      {"database.sqlite", "the version of SQLite", library},
      {"clock.behind", "this machine's clock, against the newest record and the times of files", behind},
      {"clock.zones", "the age of the operating system's time zone rules", zone_rules},
  });
  return rows;
}

}  // namespace passerelle::doctor
