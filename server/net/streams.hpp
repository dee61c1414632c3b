// Streams over TCP, plain or TLS, to configured places and nowhere else.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/stream.hpp"
#include "net/dial.hpp"

namespace passerelle::net {

struct StreamSettings {
  std::vector<std::string> places;           // "mail.example.org:587"
  std::string ca_file;                       // PEM; empty: the system's certificates
  std::chrono::milliseconds connect{5'000};  // name, connection and TLS handshake together
};

// Lives on one thread: 'executor' is that thread's, and everything is called there. It outlives its streams.
class TcpStreams final : public Streams {
 public:
  // Errors: a ca_file that cannot be read.
  static result<std::unique_ptr<TcpStreams>> make(Executor executor, StreamSettings settings, Resolver resolver = {});
  ~TcpStreams() override;

  Task<OpenedStream> open(std::string host, std::uint16_t port, bool tls) override;

 private:
  struct State;
  explicit TcpStreams(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace passerelle::net
