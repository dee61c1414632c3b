#include "backup/make.hpp"

#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "backup/archive.hpp"
#include "backup/entries.hpp"
#include "backup/shelf.hpp"
#include "base/log.hpp"
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
void add_attachments(const std::string& data_dir, std::vector<Source>& to) {
  const fs::path folder = fs::path(data_dir) / attachments;
  std::error_code code;
  for (fs::recursive_directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored) || at->is_symlink(ignored)) continue;
    const std::string name = fs::relative(at->path(), data_dir, ignored).generic_string();
    if (is_entry_name(name))
      to.push_back({name, at->path().string()});
    else
      log::warning("backup.left_out", {{"why", "a file of attachments/ has an odd name"}});
  }
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
  if (auto copied = store::copy_database(database, copy.path(), stop); !copied) return copied.error();
  const auto condition = store::examine_database(copy.path());
  if (!condition) return condition.error();
  if (!condition->damage.empty())
    return Error{"the database is damaged, and was not backed up: " + condition->damage, database};
  std::vector<Source> sources{{std::string(store::database_name), copy.path()}};
  add_attachments(order.data_dir, sources);
  Made made{order.folder + "/" + file_name(now), 0, 0, sources.size()};
  for (const auto& [table, rows] : condition->counts) made.rows += rows;
  const auto bytes =
      write_archive(made.path, order.recipient, {now, condition->schema, condition->counts, 0}, sources, stop);
  if (!bytes) return bytes.error();
  made.bytes = *bytes;
  return made;
}

}  // namespace passerelle::backup
