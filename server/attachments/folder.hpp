// DATA/attachments: the files that were fetched, each named by its row's ref and sealed as texts are. Nothing of what a
// person called a file gets there. Each call waits for the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace passerelle::attachments {

class Folder {
 public:
  // 'data' is the data folder. Nothing is touched before the first file.
  explicit Folder(const std::string& data) : path_(data + "/attachments") {}

  // The whole file or none: written and synced under a name that begins with '.', then renamed, 0600 in a folder of
  // 0700. The same ref again replaces it. Errors: the disk's, in words.
  result<void> put(const std::string& ref, std::string_view bytes) const;
  // Errors: it is not there, or cannot be read.
  result<std::string> get(const std::string& ref) const;
  // Whether it is gone; what was gone already is.
  bool remove(const std::string& ref) const;
  // What stands there: refs, and names that begin with '.' of files that were never finished. At most 'most'.
  std::vector<std::string> names(std::size_t most) const;

 private:
  std::string path_;
};

// 32 lower-case hex digits: nothing else ever becomes part of a path.
bool is_ref(std::string_view text);

}  // namespace passerelle::attachments
