#include "backup/disk_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace passerelle::backup {
namespace {

std::string reason() { return std::generic_category().message(errno); }

}  // namespace

result<DiskFile> DiskFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return Error{"cannot be read: " + reason(), path};
  return DiskFile(path, descriptor);
}

result<DiskFile> DiskFile::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return Error{"cannot be made: " + reason(), path};
  return DiskFile(path, descriptor);
}

DiskFile::~DiskFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Error DiskFile::failed(const char* what) const { return {std::string(what) + ": " + reason(), path_}; }

result<std::uint64_t> DiskFile::size() const {
  struct stat file{};
  if (fstat(descriptor_, &file) != 0) return failed("cannot be asked");
  return static_cast<std::uint64_t>(file.st_size);
}

result<std::string> DiskFile::read(std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const ssize_t count = ::read(descriptor_, bytes.data() + at, size - at);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("cannot be read");
    at += static_cast<std::size_t>(count);
  }
  bytes.resize(at);
  return bytes;
}

result<void> DiskFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

result<void> DiskFile::sync() {
  if (fsync(descriptor_) != 0) return failed("cannot be synced");
  return {};
}

result<void> put_in_place(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return Error{"cannot be renamed: " + reason(), from};
  const std::string folder = std::filesystem::path(to).parent_path().string();
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
  if (descriptor >= 0) close(descriptor);
  if (!synced) return Error{"cannot be synced: " + reason(), folder};
  return {};
}

}  // namespace passerelle::backup
