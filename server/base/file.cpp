#include "base/file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace passerelle {

result<std::string> read_file(const std::string& path) {
  constexpr std::uintmax_t largest = 16u << 20;
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Error{"is a folder, not a file", path};
  // A device or a pipe has no size and may never end.
  if (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error)) {
    return Error{"is not a regular file", path};
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{std::string("cannot be read: ") + std::strerror(errno), path};
  if (std::filesystem::file_size(path, error) > largest && !error) return Error{"is larger than 16 MB", path};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace passerelle
