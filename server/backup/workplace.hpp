// A folder that only we can look into, in which a backup is unpacked; it goes at the end.
#pragma once

#include <string>
#include <utility>

#include "base/result.hpp"

namespace passerelle::backup {

class Workplace {
 public:
  // Below 'folder'. Removes first what runs of this user that were killed have left there.
  static result<Workplace> below(const std::string& folder);
  Workplace(Workplace&& other) noexcept
      : path_(std::exchange(other.path_, {})), held_(std::exchange(other.held_, -1)) {}
  Workplace& operator=(Workplace&&) = delete;
  ~Workplace();
  const std::string& path() const { return path_; }

 private:
  Workplace(std::string path, int held) : path_(std::move(path)), held_(held) {}
  std::string path_;
  int held_;  // locked as long as it is in use, so that no other run takes it for one that was left
};

}  // namespace passerelle::backup
