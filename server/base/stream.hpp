// Connections to gateways that do not speak HTTP. net's TcpStreams is the real one; tests script theirs.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/task.hpp"

namespace passerelle {

// An operation that fails, by the deadline too, leaves a stream that is of no further use.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual void set_deadline(std::chrono::milliseconds from_now) = 0;  // for everything from now on
  virtual Task<bool> secure() = 0;  // TLS from now on, the certificate verified for the host that it was opened to
  virtual Task<bool> write(std::string bytes) = 0;
  virtual Task<std::string> read() = 0;  // what has arrived, at least a byte; empty: it ended or failed
  virtual bool is_overdue() const = 0;   // it was the deadline
};

struct OpenedStream {
  std::unique_ptr<Stream> stream;  // null: not connected
  std::string why;                 // for the log, a word or two: "connect", "deadline", "tls", "no address"
};

class Streams {
 public:
  virtual ~Streams() = default;
  // To a configured place only; always ends within a deadline of its own.
  virtual Task<OpenedStream> open(std::string host, std::uint16_t port, bool tls) = 0;
};

}  // namespace passerelle
