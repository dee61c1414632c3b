// Backups: whether there are any, how old, for whom, and where.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "backup/archive.hpp"
#include "backup/key.hpp"
#include "backup/shelf.hpp"
#include "doctor.hpp"

namespace passerelle::doctor {
namespace {

constexpr auto oldest = std::chrono::hours(26);

bool wanted(const House& house) { return !house.config().backup_recipient.empty(); }

void recipient(const House& house, Troubles& to) {
  if (wanted(house)) return;
  to.push_back({"[backup] recipient", "no backups are made: with this disk, everything is lost",
                "run 'passerelle backup keygen', keep the key elsewhere, and set the recipient"});
}

void age(const House& house, Troubles& to) {
  if (!wanted(house) || !house.health) return;
  const auto kept = backup::newest_by(backup::backups_in(backup_folder(house.config())), house.now);
  constexpr const char* remedy = "run 'passerelle backup', and look into the log for backup.failed";
  if (!kept)
    to.push_back({backup_folder(house.config()), "there is no backup yet", remedy});
  else if (kept->made + oldest < house.now)
    to.push_back({kept->path, "the newest backup is " + long_ago(house.now - kept->made) + " old", remedy});
}

void newest(const House& house, Troubles& to) {
  const auto kept = backup::backups_in(backup_folder(house.config()));
  if (!wanted(house) || kept.empty()) return;
  const auto head = backup::read_archive_head(kept.back().path);
  const auto configured = backup::read_recipient(house.config().backup_recipient);
  if (!head) {
    to.push_back({kept.back().path, head.error().what, "make another one: passerelle backup"});
  } else if (configured && head->recipient != backup::name_of(*configured)) {
    to.push_back({kept.back().path, "the newest backup is for another recipient than the one that is configured",
                  "if the change was yours: passerelle backup, and keep the former key as long as its backups"});
  }
}

void folder(const House& house, Troubles& to) {
  const std::string path = backup_folder(house.config());
  struct stat found{};
  if (!wanted(house) || stat(path.c_str(), &found) != 0) return;
  if (auto open = too_open(path, S_IWGRP | S_IWOTH, "other users of this machine can remove backups"))
    to.push_back(std::move(*open));
  if (!S_ISDIR(found.st_mode) || access(path.c_str(), W_OK | X_OK) != 0)
    to.push_back({path, "no backup can be written there", "make it a folder that the server's user can write"});
}

void same_disk(const House& house, Troubles& to) {
  struct stat data{}, backups{};
  if (!wanted(house) || stat(house.config().data_dir.c_str(), &data) != 0) return;
  if (stat(backup_folder(house.config()).c_str(), &backups) != 0 || data.st_dev != backups.st_dev) return;
  to.push_back({backup_folder(house.config()), "backups are on the same disk as the data",
                "set [backup] dir to another disk, or copy them elsewhere every night", true});
}

}  // namespace

std::span<const Check> backup_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"backup.recipient", "whether backups are made", recipient},
      {"backup.age", "the age of the newest backup, at most 26 hours", age},
      {"backup.newest", "whether its beginning is sound, and for whom it is sealed", newest},
      {"backup.folder", "the folder of backups", folder},
      {"backup.disk", "whether it is on another disk", same_disk},
  });
  return rows;
}

}  // namespace passerelle::doctor
