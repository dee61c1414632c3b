#include "attachments/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/descriptor.hpp"
#include "store/sealed.hpp"

namespace passerelle::attachments {
namespace {

Error failed(const std::string& what, const std::string& path) { return {what + ": " + std::strerror(errno), path}; }

result<void> write_hidden(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.get() < 0) return failed("cannot be made", path);
  if (write_and_sync(file, bytes)) return {};
  const Error error = failed("cannot be written", path);
  ::unlink(path.c_str());
  return error;
}

// The name is on the disk once the folder is.
result<void> sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed("cannot be synced", path);
  return {};
}

}  // namespace

bool is_ref(std::string_view text) {
  return text.size() == 32 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

result<void> Folder::put(const std::string& ref, std::string_view bytes) const {
  assert(is_ref(ref));
  if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) return failed("cannot be made", path_);
  const std::string hidden = path_ + "/." + ref;
  const std::string name = path_ + "/" + ref;
  if (auto written = write_hidden(hidden, store::seal(bytes)); !written) return written;
  if (::rename(hidden.c_str(), name.c_str()) != 0) return failed("cannot be named", name);
  return sync_folder(path_);
}

result<std::string> Folder::get(const std::string& ref) const {
  assert(is_ref(ref));
  const std::string name = path_ + "/" + ref;
  const Descriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) return failed("cannot be read", name);
  std::string sealed;
  std::string chunk(std::size_t{256} * 1024, '\0');
  for (;;) {
    const ssize_t count = ::read(file.get(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("cannot be read", name);
    if (count == 0) break;
    sealed.append(chunk, 0, static_cast<std::size_t>(count));
  }
  return store::unseal(sealed);
}

bool Folder::remove(const std::string& ref) const {
  return ::unlink((path_ + "/" + ref).c_str()) == 0 || errno == ENOENT || errno == ENOTDIR;
}

std::vector<std::string> Folder::names(std::size_t most) const {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator at(path_, error), end; !error && at != end && found.size() < most;
       at.increment(error)) {
    found.push_back(at->path().filename().string());
  }
  return found;
}

}  // namespace passerelle::attachments
