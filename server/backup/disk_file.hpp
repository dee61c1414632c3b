// A file on the disk, of our user alone: read or written in pieces, synced, and given its name when it is whole.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace passerelle::backup {

inline constexpr std::string_view unfinished_ending = ".part";

class DiskFile {
 public:
  static result<DiskFile> open(const std::string& path);    // to read
  static result<DiskFile> create(const std::string& path);  // 0600; there must be none
  DiskFile(DiskFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  DiskFile& operator=(DiskFile&&) = delete;
  ~DiskFile();

  result<std::uint64_t> size() const;
  result<std::string> read(std::size_t size);  // fewer only at the end
  result<void> write(std::string_view bytes);
  result<void> sync();

 private:
  DiskFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  Error failed(const char* what) const;

  std::string path_;
  int descriptor_;
};

// Renames, and makes the name last.
result<void> put_in_place(const std::string& from, const std::string& to);

}  // namespace passerelle::backup
