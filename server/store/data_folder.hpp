// The data folder: made private, refused on a network file system, and locked so that one process at a time writes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace passerelle::store {

inline constexpr std::string_view database_name = "passerelle.db";

// flock on <folder>/lock, until destroyed. The file holds the owner's process id for the next one's error message.
class FolderLock {
 public:
  static result<FolderLock> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

bool is_lock_error(const Error& error);

// Creates the folder (0700) and its parents where needed.
result<void> prepare_folder(const std::string& folder);
// Creates an empty database file (0600), and makes its name durable; an existing one is left as it is.
result<void> prepare_database(const std::string& folder);

// The name of a file system whose locks and syncs cannot be trusted; empty for the others. 'magic' is statfs's f_type.
std::string_view network_file_system(long magic);

}  // namespace passerelle::store
