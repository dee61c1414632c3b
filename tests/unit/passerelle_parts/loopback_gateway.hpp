// A gateway on 127.0.0.1 for the real client: several connections at a time, and each request gets what a test decides.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "unit/net/scripted_gateway.hpp"

namespace passerelle {

class LoopbackGateway {
 public:
  struct Act {
    enum class Kind {
      answer,
      lose,       // reads the whole request, and resets the connection without an answer
      keep_still  // reads it, and says nothing until the client gives up
    };
    Kind kind = Kind::answer;
    int status = 200;
    std::string fields = {};  // "Retry-After: 90\r\n"
    std::string body = {};
  };
  // 'body' of the request. Called on the connections' threads, one at a time.
  using Script = std::function<Act(const std::string& body)>;

  explicit LoopbackGateway(Script script);
  ~LoopbackGateway();

  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int socket);
  Act ask(const std::string& request);

  Script script_;
  std::mutex mutex_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::vector<int> open_;  // sockets, for the end
  std::list<std::thread> threads_;
  std::thread accepting_;
};

}  // namespace passerelle
