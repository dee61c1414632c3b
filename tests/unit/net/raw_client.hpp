// A peer that sends exactly the bytes a test wants, and a server with a few routes for it to talk to.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "net/server.hpp"

namespace passerelle::net {

inline constexpr std::chrono::milliseconds patience{10'000};  // of every wait; only a failing test uses it up

struct Answer {
  int status = 0;    // 0: the connection ended without an answer
  std::string head;  // status line and fields
  std::string body;

  bool closes() const { return head.find("\r\nConnection: close\r\n") != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  RawClient(RawClient&& other) noexcept { swap(other); }
  RawClient& operator=(RawClient&& other) noexcept {
    swap(other);
    return *this;
  }
  ~RawClient();

  static RawClient unconnected() { return RawClient(); }
  static RawClient local(const std::string& path);  // to a Unix socket
  bool connect(std::uint16_t port);
  bool connected() const { return connected_; }
  // Reads while it sends, so that a server that answers early and closes is no obstacle. False: the peer closed first.
  bool send(std::string_view bytes);
  void finish_sending();
  Answer receive();  // the next answer
  bool ends();       // the server closes before patience is over; bytes before that are dropped
  bool is_open();    // right now
  bool arrives();    // takes in what is there right now; true when that is something
  std::size_t pending() const { return received_.size(); }

 private:
  RawClient();
  struct Descriptor {
    int value;
  };
  explicit RawClient(Descriptor socket) : socket_(socket.value) {}
  void swap(RawClient& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(connected_, other.connected_);
    std::swap(ended_, other.ended_);
    std::swap(received_, other.received_);
  }
  bool fill(std::chrono::steady_clock::time_point deadline);

  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

std::string get(std::string_view path, std::string_view more_fields = "");
std::string post(std::string_view path, std::string_view body, std::string_view more_fields = "");

// GET /ready answers "ready" · POST /hooks/{channel} answers the body · GET /hooks/{channel} the query's length ·
// POST /fields the names of its fields · GET /throw throws · GET /hold answers when 'let_go' is set · GET /large 64 MB
// · GET /broken a field with a line break.
class TestServer {
 public:
  explicit TestServer(Limits limits = {}, ListenerSettings settings = {}, std::size_t threads = 2);
  ~TestServer();

  std::uint16_t port() const { return port_; }
  Server& server() { return server_; }
  int status_of(std::string_view request);  // on a connection of its own
  bool answers();                           // a good request on a new connection still gets its 200

  std::atomic<int> holding = 0;  // requests inside /hold
  std::atomic<bool> let_go = false;
  std::atomic<int> written = 0, unwritten = 0;  // what 'answered' of /hold reported

 private:
  Router routes();

  Server server_;
  std::uint16_t port_ = 0;
};

// Polls until it holds; false after patience.
template <class Condition>
bool eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace passerelle::net
