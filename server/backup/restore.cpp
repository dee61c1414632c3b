#include "backup/restore.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "backup/disk_file.hpp"
#include "backup/workplace.hpp"
#include "store/copy.hpp"
#include "store/data_folder.hpp"

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

std::string reason() { return std::generic_category().message(errno); }

result<Manifest> unpack_and_check(const std::string& path, const Opener& key, const std::string& folder,
                                  const std::atomic<bool>* stop) {
  auto manifest = unpack_archive(path, key, folder, stop);
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

result<Manifest> verify_backup(const std::string& path, const Opener& key, const std::string& work,
                               const std::atomic<bool>* stop) {
  const auto place = Workplace::below(work);
  if (!place) return place.error();
  return unpack_and_check(path, key, place->path(), stop);
}

result<Restored> restore_backup(const std::string& path, const Opener& key, const std::string& folder, TimePoint now,
                                const std::atomic<bool>* stop) {
  const auto made = make_if_absent(folder);
  if (!made) return made.error();
  const auto restored = [&]() -> result<Restored> {
    const auto place = Workplace::below(folder);  // on the same disk
    if (!place) return place.error();
    auto manifest = unpack_and_check(path, key, place->path(), stop);
    if (!manifest) return manifest.error();
    // Before it has its name: no server can find a folder that would send.
    auto held = store::hold_restored_folder(place->path(), now);
    if (!held) return held.error();
    unlink((place->path() + "/lock").c_str());
    if (stop != nullptr && *stop) return Error{"was broken off", path};
    if (auto moved = move_all(place->path(), folder); !moved) return moved.error();
    return Restored{std::move(*manifest), std::move(*held)};
  }();
  std::error_code ignored;
  if (!restored && *made) fs::remove(folder, ignored);
  return restored;
}

}  // namespace passerelle::backup
