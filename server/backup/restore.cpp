#include "backup/restore.hpp"

#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "backup/disk_file.hpp"
#include "store/copy.hpp"
#include "store/data_folder.hpp"

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

// A folder that only we can look into; gone at the end unless it is kept.
class Workplace {
 public:
  static result<Workplace> below(const std::string& folder) {
    std::string name = folder + "/passerelle-restore-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) return Error{"cannot be made: " + reason(), name};
    return Workplace(name);
  }
  Workplace(Workplace&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Workplace& operator=(Workplace&&) = delete;
  ~Workplace() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  explicit Workplace(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

result<Manifest> unpack_and_check(const std::string& path, const Opener& key, const std::string& folder) {
  auto manifest = unpack_archive(path, key, folder);
  if (!manifest) return manifest;
  const auto found = store::examine_database(folder + "/" + std::string(store::database_name));
  if (!found) return Error{"the database in it " + found.error().what, path};
  if (!found->damage.empty()) return Error{"the database in it is damaged: " + found->damage, path};
  if (found->schema != manifest->schema || found->counts != manifest->counts)
    return Error{"the database in it has other rows than were counted when it was made", path};
  return manifest;
}

// Everything that was unpacked, into its place on the same disk: the database last, since it makes a folder one of
// ours.
result<void> move_all(const std::string& from, const std::string& to) {
  std::error_code code;
  for (fs::directory_iterator at(from, code), end; !code && at != end; at.increment(code)) {
    if (at->path().filename().string() == store::database_name) continue;
    if (auto moved = put_in_place(at->path().string(), to + "/" + at->path().filename().string()); !moved) return moved;
  }
  if (code) return Error{"cannot be read: " + code.message(), from};
  const std::string name = "/" + std::string(store::database_name);
  return put_in_place(from + name, to + name);
}

result<bool> make_if_absent(const std::string& folder) {
  std::error_code code;
  if (fs::exists(folder, code)) {
    if (!fs::is_directory(folder, code)) return Error{"is not a folder", folder};
    if (!fs::is_empty(folder, code)) return Error{"is not empty: name a folder that is not there yet", folder};
    return false;
  }
  if (mkdir(folder.c_str(), 0700) != 0) return Error{"cannot be made: " + reason(), folder};
  return true;
}

}  // namespace

result<Manifest> verify_backup(const std::string& path, const Opener& key, const std::string& work) {
  const auto place = Workplace::below(work);
  if (!place) return place.error();
  return unpack_and_check(path, key, place->path());
}

result<Manifest> restore_backup(const std::string& path, const Opener& key, const std::string& folder) {
  const auto made = make_if_absent(folder);
  if (!made) return made.error();
  const auto restored = [&]() -> result<Manifest> {
    const auto place = Workplace::below(folder);  // on the same disk
    if (!place) return place.error();
    auto manifest = unpack_and_check(path, key, place->path());
    if (!manifest) return manifest;
    if (auto moved = move_all(place->path(), folder); !moved) return moved.error();
    return manifest;
  }();
  std::error_code ignored;
  if (!restored && *made) fs::remove(folder, ignored);
  return restored;
}

}  // namespace passerelle::backup
