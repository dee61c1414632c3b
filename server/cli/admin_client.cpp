#include "cli/admin_client.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>

namespace passerelle::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t longest_answer = std::size_t{64} * 1024 * 1024;

std::string reason(int code) { return std::generic_category().message(code); }

class Connection {
 public:
  Connection(const std::string& path, steady_clock::time_point end)
      : path_(path), end_(end), socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (socket_ >= 0) close(socket_);
  }

  result<bool> connect() {  // false: nobody is there
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path) return false;  // no server can have made it
    std::memcpy(address.sun_path, path_.data(), path_.size());
    while (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR) return false;
      if (errno == EACCES || errno == EPERM) return not_allowed();
      if (errno != EAGAIN && errno != EINTR) return Error{"cannot reach the server: " + reason(errno), path_};
      if (!wait(0)) return late();  // its queue of connections is full
    }
    return true;
  }

  result<void> send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
      if (sent >= 0 || errno == EINTR) continue;
      if (errno == EPIPE || errno == ECONNRESET) return {};  // the answer, if there is one, says why
      if (errno != EAGAIN) return Error{"cannot ask the server: " + reason(errno), path_};
      if (!wait(POLLOUT)) return late();
    }
    return {};
  }

  result<std::string> receive() {
    std::string received;
    std::array<char, 65536> piece;
    while (received.size() < longest_answer) {
      const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
      if (count == 0 || (count < 0 && errno == ECONNRESET)) return received;
      if (count > 0) received.append(piece.data(), static_cast<std::size_t>(count));
      if (count > 0 || errno == EINTR) continue;
      if (errno != EAGAIN) return Error{"cannot hear the server: " + reason(errno), path_};
      if (!wait(POLLIN)) return late();
    }
    return Error{"the server's answer is too long", path_};
  }

  Error not_allowed() const { return Error{"only the user that runs the server, and root, may ask it", path_}; }

 private:
  // False: the time is over. Without events: a moment's pause.
  bool wait(short events) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd polled{events == 0 ? -1 : socket_, events, 0};
    return poll(&polled, 1, static_cast<int>(events == 0 ? std::min<std::int64_t>(left, 20) : left)) != 0 ||
           events == 0;
  }
  Error late() const {
    return Error{"the server does not answer in time; look whether it was done before you ask again", path_};
  }

  const std::string& path_;
  steady_clock::time_point end_;
  int socket_;
};

std::string written(const AdminRequest& request) {
  return fmt::format(
      "{} {} HTTP/1.1\r\nHost: passerelle\r\nConnection: close\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      request.method, request.target, request.body.size(), request.body);
}

// Nothing: it is not whole. The server gives every answer's length.
std::optional<AdminAnswer> read_answer(std::string_view text) {
  constexpr std::string_view length_field = "\r\nContent-Length: ";
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos || !text.starts_with("HTTP/1.1 ")) return std::nullopt;
  const std::string_view head = text.substr(0, end);
  const auto at = head.find(length_field);
  std::size_t length = 0;
  AdminAnswer answer;
  std::from_chars(head.data() + 9, head.data() + head.size(), answer.status);
  if (at != std::string_view::npos) {
    std::from_chars(head.data() + at + length_field.size(), head.data() + head.size(), length);
  }
  answer.body = text.substr(end + 4);
  return answer.body.size() == length ? std::optional(std::move(answer)) : std::nullopt;
}

bool is_of_another_user(const std::string& path) {
  struct stat file{};
  return stat(path.c_str(), &file) == 0 && geteuid() != 0 && file.st_uid != geteuid();
}

}  // namespace

result<std::optional<AdminAnswer>> exchange(const std::string& socket, const AdminRequest& request,
                                            std::chrono::milliseconds time) {
  Connection connection(socket, steady_clock::now() + time);
  const auto connected = connection.connect();
  if (!connected) return connected.error();
  if (!*connected) return std::optional<AdminAnswer>();
  if (const auto sent = connection.send(written(request)); !sent) return sent.error();
  const auto received = connection.receive();
  if (!received) return received.error();
  if (received->empty() && is_of_another_user(socket)) return connection.not_allowed();
  auto answer = read_answer(*received);
  if (!answer) {
    return Error{"the server ended before its answer was whole; look whether it was done before you ask again", socket};
  }
  return answer;
}

}  // namespace passerelle::cli
