#include "backup/workplace.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

namespace passerelle::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = "passerelle-restore-";

std::string reason() { return std::generic_category().message(errno); }

// The folder, locked; -1: it is somebody else's, in use, or no folder.
int take(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat found{};
  if (folder >= 0 && fstat(folder, &found) == 0 && found.st_uid == geteuid() && flock(folder, LOCK_EX | LOCK_NB) == 0)
    return folder;
  if (folder >= 0) close(folder);
  return -1;
}

void remove_left_over(const std::string& folder) {
  std::error_code code;
  std::vector<std::string> left;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    if (at->path().filename().string().starts_with(beginning)) left.push_back(at->path().string());
  }
  for (const std::string& path : left) {
    const int taken = take(path);
    if (taken < 0) continue;
    fs::remove_all(path, code);
    close(taken);
  }
}

}  // namespace

result<Workplace> Workplace::below(const std::string& folder) {
  remove_left_over(folder);
  std::string name = folder + "/" + std::string(beginning) + "XXXXXX";
  if (mkdtemp(name.data()) == nullptr) return Error{"cannot be made: " + reason(), name};
  Workplace made(name, take(name));
  if (made.held_ < 0) return Error{"cannot be locked: " + reason(), name};
  return made;
}

Workplace::~Workplace() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (held_ >= 0) close(held_);
}

}  // namespace passerelle::backup
