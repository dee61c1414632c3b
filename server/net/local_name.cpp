#include "net/local_name.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace passerelle::net {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

// 0, or errno.
int bind_to(int socket, const std::string& path) {
  const sockaddr_un address = address_of(path);
  return bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
}

// Only a refusal proves that nobody is there: a full queue of connections (EAGAIN) is somebody's.
bool is_abandoned(const std::string& path) {
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return false;
  const sockaddr_un address = address_of(path);
  const bool connected = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const bool refused = !connected && errno == ECONNREFUSED;
  close(probe);
  return refused;
}

result<void> clear(const std::string& path) {
  struct stat file{};
  if (lstat(path.c_str(), &file) != 0) return {};
  if (!S_ISSOCK(file.st_mode)) return Error{"what has the admin socket's name is no socket; move it away", path};
  if (!is_abandoned(path)) return Error{"another program answers on the admin socket; stop it", path};
  if (unlink(path.c_str()) != 0) return Error{fmt::format("cannot remove the old socket: {}", reason(errno)), path};
  return {};
}

}  // namespace

result<LocalName> LocalName::give(int socket, const std::string& path) {
  if (path.size() > longest_local_path) {
    return Error{fmt::format("the admin socket's path has {} bytes, and a Unix socket's can have {}; give the data "
                             "folder a shorter path",
                             path.size(), longest_local_path),
                 path};
  }
  // On Linux the file is made with the socket's own mode (and the umask), so that it is never open to others, and no
  // other thread feels a changed umask.
  if (fchmod(socket, S_IRUSR | S_IWUSR) != 0) return Error{fmt::format("fchmod: {}", reason(errno)), path};
  int failed = bind_to(socket, path);
  if (failed == EADDRINUSE) {
    if (const auto cleared = clear(path); !cleared) return cleared.error();
    failed = bind_to(socket, path);
  }
  if (failed != 0) return Error{fmt::format("cannot make the admin socket: {}", reason(failed)), path};
  return LocalName(path);
}

LocalName::~LocalName() {
  if (!path_.empty()) unlink(path_.c_str());
}

std::optional<uid_t> peer_uid(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

bool may_enter(uid_t uid) { return uid == 0 || uid == geteuid(); }

}  // namespace passerelle::net
