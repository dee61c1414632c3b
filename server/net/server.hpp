// The web server: listeners on several io threads, the guards of docs/GUARANTEES.md (B1-B9), and an orderly end.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "net/router.hpp"

namespace passerelle::net {

class TlsPair;  // net/tls_pair.hpp

struct Limits {
  std::size_t header = 8 * 1024;        // the header block
  std::size_t hook_header = 24 * 1024;  // …of targets under /hooks/
  std::size_t target = 2 * 1024;
  std::size_t hook_target = 16 * 1024;
  std::size_t body = 64 * 1024;
  std::size_t connections = 4096;  // less where file descriptors are few; at the cap the oldest connection with an
                                   // unfinished header is closed
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_grace{5'000};  // then at least body_rate bytes a second
  std::size_t body_rate = 500;
  std::chrono::milliseconds body_time{60'000};
  // Of bodies beyond 'body', where there are few places for them: who is slower than this gives way to who comes.
  std::chrono::milliseconds large_grace{500};
  std::size_t large_rate = 64 * 1024;  // bytes a second
  std::chrono::milliseconds handler_time{30'000};
  std::chrono::milliseconds write_time{30'000};
  std::chrono::milliseconds idle_time{75'000};  // keep-alive
};

struct ListenerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  // Names accepted in Host, without port; localhost, 127.0.0.1 and [::1] are added for loopback peers. Others get 421.
  std::vector<std::string> hosts;
  bool loopback_peers_only = false;   // the admin listener: others are closed at once
  bool check_origin = false;          // the admin listener: a foreign Origin or Sec-Fetch-Site gets 403
  std::string path = {};              // a Unix socket's name instead of address and port (listen_local)
  bool any_host = false;              // where no browser and no proxy can come from, Host proves nothing
  std::size_t body = 0;               // the longest body here; 0: Limits::body
  std::shared_ptr<TlsPair> tls = {};  // null: plain
  // At a time, of those that have brought more than Limits::body; a further one takes the place of one that lags behind
  // Limits::large_rate or whose peer holds more than its share, else it gets 503. 0: any number.
  std::size_t large_bodies = 0;
};

inline constexpr std::size_t local_body = std::size_t{4} * 1024 * 1024;  // imports come as one body

class Server {
 public:
  explicit Server(std::size_t io_threads, Limits limits = {});
  // Stops at once. What handlers still await must not complete later than this: the store ends before the server.
  ~Server();

  // Before start(). The port that was bound. Errors: the address is not one, is in use (names both), privileges.
  result<std::uint16_t> listen(const ListenerSettings& settings, Router router);
  // Before start(). A Unix socket at 'path' for our own user and root alone: its file is 0600, and the kernel's word on
  // the peer's uid counts; others are closed at once. Any Host, bodies up to local_body. The file goes with the drain
  // or the server; one that a dead server left is taken over, so the caller holds the lock of the folder that it is in.
  // Errors: the path is too long for a socket, somebody answers there, something else has that name, rights.
  result<void> listen_local(const std::string& path, Router router);
  void start();
  // Of the first io thread: what must not run twice at a time lives there. Not after the server's end.
  Executor executor();
  std::vector<Executor> executors();  // of all io threads, in order
  // Stops accepting, lets the requests that have begun finish (at most 'deadline'), closes idle connections, joins.
  void drain(std::chrono::milliseconds deadline);

  struct Counters {
    std::uint64_t accepted = 0, requests = 0, refused = 0, open = 0;
    std::uint64_t accept_failures = 0;  // mostly: no file descriptor was left
  };
  Counters counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace passerelle::net
