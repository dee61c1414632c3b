#include "doctor.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace passerelle::doctor {

std::span<const Check> checks() {
  static const std::vector<Check> all = [] {
    std::vector<Check> rows;
    for (const auto& part :
         {file_checks(), store_checks(), work_checks(), network_checks(), channel_checks(), backup_checks()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return all;
}

std::string octal(unsigned mode) { return fmt::format("{:03o}", mode & 0777U); }

std::optional<Trouble> too_open(const std::string& path, unsigned never, const std::string& what) {
  struct stat file{};
  if (path.empty() || stat(path.c_str(), &file) != 0 || (file.st_mode & never) == 0) return std::nullopt;
  const unsigned mode = file.st_mode & 0777U & ~never;
  return Trouble{path, what, "run: chmod " + octal(mode) + " " + path, false, [path, mode]() -> result<void> {
                   if (chmod(path.c_str(), mode) == 0) return {};
                   return Error{std::generic_category().message(errno), path};
                 }};
}

std::string long_ago(std::chrono::milliseconds time) {
  const auto minutes_in_all = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  if (minutes_in_all >= 2 * 24 * 60) return fmt::format("{} days", minutes_in_all / (24 * 60));
  if (minutes_in_all >= 2 * 60) return fmt::format("{} hours", minutes_in_all / 60);
  return fmt::format("{} minutes", minutes_in_all);
}

}  // namespace passerelle::doctor
