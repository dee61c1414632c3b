#include "links/spool.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "base/descriptor.hpp"

namespace passerelle::links {
namespace {

constexpr std::size_t longest_file = 64 * 1024;
constexpr int most_names = 100'000;  // of a folder that are looked at

std::string why(int error) {
  if (error == ENOENT || error == ENOTDIR) return "no_folder";
  return error == EACCES || error == EPERM || error == EROFS ? "denied" : "disk";
}

struct Listing {
  std::vector<std::string> names;
  int error = 0;
};

Listing list(const link::Look::Place& place) {
  Listing found;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(place.folder.c_str()), &::closedir);
  if (folder == nullptr) {
    found.error = errno;
    return found;
  }
  for (int i = 0; i < most_names; ++i) {
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr) break;
    if (::fnmatch(place.pattern.c_str(), entry->d_name, FNM_PERIOD) == 0) found.names.emplace_back(entry->d_name);
  }
  std::ranges::sort(found.names);
  if (found.names.size() > place.most) found.names.resize(place.most);
  return found;
}

// Up to one byte more than the longest; nothing: it cannot be read.
std::optional<std::string> bytes_of(int file) {
  std::string bytes;
  std::array<char, 4096> part{};
  while (bytes.size() <= longest_file) {
    const ssize_t count = ::read(file, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) return bytes;
    bytes.append(part.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

// 0, or the error of the folder. What has gone meanwhile, or is no file, is left out; one file that cannot be read
// hides no other.
int add(const link::Look::Place& place, const std::string& name, std::vector<link::File>& files) {
  const std::string path = place.folder + "/" + name;
  struct stat about{};
  if (::lstat(path.c_str(), &about) != 0) return errno == ENOENT ? 0 : errno;
  if (!S_ISREG(about.st_mode)) return 0;
  link::File found;
  found.folder = place.folder;
  found.name = name;
  if (!place.names_only) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.get() < 0 && (errno == ENOENT || errno == ELOOP)) return 0;
    auto bytes = file.get() < 0 || ::fstat(file.get(), &about) != 0 ? std::nullopt : bytes_of(file.get());
    if (!S_ISREG(about.st_mode)) return 0;
    found.is_closed = !bytes;
    found.is_whole = bytes && bytes->size() <= longest_file;
    if (found.is_whole) found.bytes = std::move(*bytes);
  }
  found.changed = std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec;
  files.push_back(std::move(found));
  return 0;
}

Put failure(int error) {
  if (error == ENOSPC || error == EDQUOT) return Put::no_space;
  if (error == EEXIST) return Put::exists;
  const std::string word = why(error);
  return word == "no_folder" ? Put::no_folder : word == "denied" ? Put::denied : Put::failed;
}

bool is_there(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace

link::Event look(const link::Look& what) {
  link::Found found;
  for (const link::Look::Place& place : what.places) {
    const Listing listing = list(place);
    if (listing.error != 0) return link::Unanswered{why(listing.error)};
    for (const std::string& name : listing.names) {
      if (const int error = add(place, name, found.files); error != 0) return link::Unanswered{why(error)};
    }
  }
  return found;
}

link::Event tidy(const link::Tidy& what) {
  for (const link::Tidy::Move& move : what.aside) {
    if (::mkdir(move.to.c_str(), 0770) != 0 && errno != EEXIST) return link::Unanswered{why(errno)};
    const std::string from = move.folder + "/" + move.name;
    if (::rename(from.c_str(), (move.to + "/" + move.name).c_str()) != 0 && is_there(from))
      return link::Unanswered{why(errno)};
  }
  for (const std::string& path : what.remove) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return link::Unanswered{why(errno)};
  }
  return link::Tidied{};
}

Put put(const std::string& path, std::string_view bytes, const std::vector<std::string>& elsewhere) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = path.substr(0, slash);
  const std::string hidden = folder + "/." + path.substr(slash + 1);
  {
    const Descriptor file(::open(hidden.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0660));
    if (file.get() < 0) return failure(errno);
    if (!write_and_sync(file, bytes)) {
      const int error = errno;
      ::unlink(hidden.c_str());
      return failure(error);
    }
  }
  // The other program moves files from here to elsewhere: looked for in this order, it cannot slip through.
  Put result = is_there(path) || std::ranges::any_of(elsewhere, is_there) ? Put::exists : Put::written;
  if (result == Put::written && ::link(hidden.c_str(), path.c_str()) != 0) result = failure(errno);
  ::unlink(hidden.c_str());
  const Descriptor above(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (above.get() >= 0) ::fsync(above.get());
  return result;
}

}  // namespace passerelle::links
