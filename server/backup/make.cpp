#include "backup/make.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "backup/archive.hpp"
#include "backup/entries.hpp"
#include "store/copy.hpp"
#include "store/data_folder.hpp"

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view copy_name = "/backup.part";
constexpr std::string_view attachments = "attachments";  // what people sent, beside the database

// The copy that is read; it goes at the end, whatever happens.
class Copy {
 public:
  explicit Copy(std::string path) : path_(std::move(path)) { remove(); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy() { remove(); }
  const std::string& path() const { return path_; }

 private:
  void remove() const {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) unlink((path_ + ending).c_str());
  }
  std::string path_;
};

// Files that are written once and never changed: those that were there when the database was copied belong to it.
// Names that begin with '.' are of files that were never finished. Any other that cannot be taken is an error: a backup
// that leaves something out unsaid is worse than none.
result<void> add_attachments(const std::string& data_dir, std::vector<Source>& to) {
  const fs::path folder = fs::path(data_dir) / attachments;
  std::error_code code;
  fs::recursive_directory_iterator at(folder, code);
  if (code == std::errc::no_such_file_or_directory) return {};
  for (const fs::recursive_directory_iterator end; !code && at != end; at.increment(code)) {
    const fs::path& path = at->path();
    std::error_code gone;
    const auto type = at->symlink_status(gone).type();
    if (type == fs::file_type::directory || type == fs::file_type::not_found) continue;
    if (path.filename().string().starts_with('.')) continue;
    const std::string name = path.lexically_relative(data_dir).generic_string();
    if (type != fs::file_type::regular || !is_entry_name(name))
      return Error{"stands among the attachments and is none; move it elsewhere", path.string()};
    to.push_back({name, path.string(), true});
  }
  if (code) return Error{"cannot be read: " + code.message(), folder.string()};
  return {};
}

std::uint64_t size_of(const std::string& path) {
  std::error_code code;
  const auto size = fs::file_size(path, code);
  return code ? 0 : size;
}

result<void> has_room(const std::string& folder, std::uint64_t needed) {
  std::error_code code;
  const fs::space_info disk = fs::space(folder, code);
  if (code || disk.available >= needed) return {};
  return Error{
      fmt::format("a backup needs {} MB free here, and there are {}: make room, or keep fewer ([backup] daily)",
                  needed / 1'000'000, disk.available / 1'000'000),
      folder};
}

// The copy, and a file as large as the last one, or as the attachments, which cannot be pressed.
result<void> has_room(const Order& order, const std::string& database, const std::vector<Source>& attached) {
  const std::vector<Kept> kept = backups_in(order.folder);
  std::uint64_t sealed = 0;
  for (const Source& source : attached) sealed += size_of(source.path);
  if (!kept.empty()) sealed = std::max(sealed, size_of(kept.back().path));
  const std::uint64_t copied = size_of(database) + size_of(database + "-wal");
  struct stat data{}, backups{};
  if (stat(order.data_dir.c_str(), &data) == 0 && stat(order.folder.c_str(), &backups) == 0 &&
      data.st_dev == backups.st_dev)
    return has_room(order.folder, copied + sealed + order.spare);
  if (auto room = has_room(order.data_dir, copied + order.spare); !room) return room;
  return has_room(order.folder, sealed + order.spare);
}

result<void> make_folder(const std::string& folder) {
  std::error_code code;
  if (fs::is_directory(folder, code)) return {};
  fs::create_directories(folder, code);
  if (!code) fs::permissions(folder, fs::perms::owner_all, code);
  return code ? result<void>(Error{"cannot be made: " + code.message(), folder}) : result<void>();
}

}  // namespace

result<Made> make_backup(const Order& order, TimePoint now, const std::atomic<bool>* stop) {
  if (auto ready = make_folder(order.folder); !ready) return ready.error();
  const Copy copy(order.data_dir + std::string(copy_name));
  const std::string database = order.data_dir + "/" + std::string(store::database_name);
  std::vector<Source> attached;
  if (order.attachments) {
    if (auto listed = add_attachments(order.data_dir, attached); !listed) return listed.error();
  }
  if (auto room = has_room(order, database, attached); !room) return room.error();
  if (auto copied = store::copy_database(database, copy.path(), stop); !copied) return copied.error();
  const auto condition = store::examine_database(copy.path());
  if (!condition) return condition.error();
  if (!condition->damage.empty())
    return Error{"the database is damaged, and was not backed up: " + condition->damage, database};
  std::vector<Source> sources{{std::string(store::database_name), copy.path()}};
  // Listed again: what was fetched while the database was copied may belong to it.
  if (order.attachments) {
    if (auto listed = add_attachments(order.data_dir, sources); !listed) return listed.error();
  }
  Made made{order.folder + "/" + file_name(now), 0, 0, 0};
  for (const auto& [table, rows] : condition->counts) made.rows += rows;
  const Manifest manifest{now, condition->schema, condition->counts, 0, order.attachments};
  const auto written = write_archive(made.path, order.recipient, manifest, sources, stop);
  if (!written) return written.error();
  made.bytes = written->bytes;
  made.files = written->files;
  return made;
}

result<Made> make_and_clear(const Order& order, const Retention& retention, TimePoint now,
                            const std::atomic<bool>* stop) {
  clear(order.folder, retention, now);
  auto made = make_backup(order, now, stop);
  if (made) clear(order.folder, retention, now);
  return made;
}

}  // namespace passerelle::backup
