// The name of a Unix socket in the file system: private from its first moment, taken over from the dead, removed at the
// end; and who may come in by it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace passerelle::net {

inline constexpr std::size_t longest_local_path = 107;  // sun_path of sockaddr_un, without its last NUL

class LocalName {
 public:
  // Binds 'socket', with mode 0600. A socket file on which nobody answers is removed first.
  // Errors: the path is too long, somebody answers there, what is there is no socket, rights.
  static result<LocalName> give(int socket, const std::string& path);
  LocalName(LocalName&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  LocalName& operator=(LocalName&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~LocalName();  // removes the file

 private:
  explicit LocalName(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

std::optional<uid_t> peer_uid(int socket);  // as the kernel knows it (SO_PEERCRED)
bool may_enter(uid_t uid);                  // our own user, and root

}  // namespace passerelle::net
