#include "store/data_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/descriptor.hpp"

namespace passerelle::store {
namespace {

constexpr std::string_view lock_name = "/lock";

std::string reason(int code) { return std::generic_category().message(code); }

Error locked(int descriptor, const std::string& path) {
  std::array<char, 32> text{};
  const ssize_t size = pread(descriptor, text.data(), text.size() - 1, 0);
  const std::string owner =
      size > 0 ? fmt::format(" (process {})", std::string_view(text.data(), static_cast<std::size_t>(size)))
               : std::string();
  return Error{fmt::format("another passerelle{} uses this data folder; stop it, or name another folder", owner), path};
}

// A new name in a folder survives a power cut only once the folder itself is synced.
result<void> sync_folder(const std::string& folder) {
  const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || fsync(opened.get()) != 0) {
    return Error{fmt::format("cannot sync the folder: {}", reason(errno)), folder};
  }
  return {};
}

}  // namespace

std::string_view network_file_system(long magic) {
  static constexpr std::array<std::pair<unsigned, std::string_view>, 6> names{{{0x6969, "NFS"},
                                                                               {0x517B, "SMB"},
                                                                               {0xFF534D42, "CIFS"},
                                                                               {0xFE534D42, "SMB2"},
                                                                               {0x5346414F, "AFS"},
                                                                               {0x73757245, "Coda"}}};
  for (const auto& [value, name] : names) {
    if (static_cast<unsigned>(magic) == value) return name;
  }
  return {};
}

result<void> prepare_folder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code code;
  if (!fs::exists(folder, code)) {
    const fs::path parent = fs::absolute(folder, code).parent_path();
    if (!code) fs::create_directories(parent, code);
    if (!code && mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) code.assign(errno, std::generic_category());
    if (code) return Error{fmt::format("cannot create the data folder: {}", code.message()), folder};
  }
  if (!fs::is_directory(folder, code)) return Error{"the data folder is not a folder; name another one", folder};
  if (access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return Error{fmt::format("cannot write in the data folder: {}; check its owner and rights", reason(errno)), folder};
  }
  struct statfs disk{};
  if (statfs(folder.c_str(), &disk) != 0) return Error{fmt::format("statfs: {}", reason(errno)), folder};
  if (const std::string_view name = network_file_system(disk.f_type); !name.empty()) {
    return Error{
        fmt::format("the data folder is on {}, where locks and syncs cannot be trusted; use a local disk", name),
        folder};
  }
  return {};
}

result<void> prepare_database(const std::string& folder) {
  const std::string path = fmt::format("{}/{}", folder, database_name);
  const Descriptor made(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (made.get() >= 0) return sync_folder(folder);
  if (errno == EEXIST) return {};
  return Error{fmt::format("cannot create the database: {}", reason(errno)), path};
}

result<FolderLock> FolderLock::take(const std::string& folder) {
  const std::string path = folder + std::string(lock_name);
  Descriptor opened(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (opened.get() < 0) return Error{fmt::format("cannot create the file 'lock': {}", reason(errno)), folder};
  // It is written into: never through a name that somebody gave to another file.
  struct stat file{};
  if (fstat(opened.get(), &file) != 0 || !S_ISREG(file.st_mode) || file.st_nlink != 1)
    return Error{"its file 'lock' is no plain file of its own; remove it", folder};
  if (flock(opened.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return locked(opened.get(), path);
    return Error{fmt::format("cannot lock: {}", reason(errno)), folder};
  }
  const std::string owner = std::to_string(getpid());
  if (ftruncate(opened.get(), 0) != 0 || pwrite(opened.get(), owner.data(), owner.size(), 0) < 0) {
    return Error{fmt::format("cannot write the file 'lock': {}", reason(errno)), folder};
  }
  return FolderLock(opened.release());
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

// Only locked() names the lock file as the place of the error.
bool is_lock_error(const Error& error) { return error.where.ends_with(lock_name); }

}  // namespace passerelle::store
