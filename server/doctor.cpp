#include "doctor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace passerelle::doctor {

std::span<const Check> checks() {
  static const std::vector<Check> all = [] {
    std::vector<Check> rows;
    for (const auto& part : {file_checks(), store_checks(), work_checks(), network_checks(), channel_checks(),
                             backup_checks(), redis_checks()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return all;
}

std::string octal(unsigned mode) { return fmt::format("{:03o}", mode & 0777U); }

namespace {

// What is mended: the thing itself, held open, so that nothing else can be put in its place meanwhile.
class Held {
 public:
  explicit Held(const std::string& path) : descriptor_(open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)) {
    if (descriptor_ < 0 || fstat(descriptor_, &found_) != 0) refusal_ = std::generic_category().message(errno);
    const bool plain = S_ISREG(found_.st_mode) && found_.st_nlink == 1;
    if (refusal_.empty() && !plain && !S_ISDIR(found_.st_mode) && !S_ISSOCK(found_.st_mode))
      refusal_ = "is a link, or has a second name: look what it is, and mend that by hand";
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int descriptor() const { return descriptor_; }
  unsigned mode() const { return found_.st_mode & 0777U; }
  const std::string& refusal() const { return refusal_; }

 private:
  int descriptor_;
  struct stat found_{};
  std::string refusal_;
};

// fchmod() takes no descriptor of O_PATH, and a socket has no other.
result<void> take_rights(const std::string& path, unsigned never) {
  const Held held(path);
  if (!held.refusal().empty()) return Error{held.refusal(), path};
  const std::string itself = fmt::format("/proc/self/fd/{}", held.descriptor());
  if (chmod(itself.c_str(), held.mode() & ~never) == 0) return {};
  return Error{std::generic_category().message(errno), path};
}

}  // namespace

std::optional<Trouble> too_open(const std::string& path, unsigned never, const std::string& what) {
  struct stat file{};
  if (path.empty() || stat(path.c_str(), &file) != 0 || (file.st_mode & never) == 0) return std::nullopt;
  const unsigned mode = file.st_mode & 0777U & ~never;
  return Trouble{path, what, "run: chmod " + octal(mode) + " " + path, false,
                 [path, never] { return take_rights(path, never); }};
}

result<void> give_to(const std::string& path, unsigned user, unsigned group) {
  const Held held(path);
  if (!held.refusal().empty()) return Error{held.refusal(), path};
  if (fchownat(held.descriptor(), "", user, group, AT_EMPTY_PATH) == 0) return {};
  return Error{std::generic_category().message(errno), path};
}

std::string long_ago(std::chrono::milliseconds time) {
  const auto minutes_in_all = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  if (minutes_in_all >= 2 * 24 * 60) return fmt::format("{} days", minutes_in_all / (24 * 60));
  if (minutes_in_all >= 2 * 60) return fmt::format("{} hours", minutes_in_all / 60);
  return fmt::format("{} minutes", minutes_in_all);
}

}  // namespace passerelle::doctor
