// One connection to a gateway, plain or TLS, with a deadline for whatever it is doing.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"

namespace passerelle::net {

// All on one thread. An operation that fails, by the deadline too, leaves a connection that is of no further use.
class HttpConnection {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  // 'tls' outlives it; null: plain.
  HttpConnection(const Executor& executor, boost::asio::ssl::context* tls);
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection();

  void set_deadline(Instant deadline);  // from now on, for everything
  bool is_overdue() const;

  Task<bool> connect(boost::asio::ip::tcp::endpoint endpoint);
  void begin_tls(boost::asio::ssl::context& tls);  // of a plain one, before shake_hands(); 'tls' outlives it
  Task<bool> shake_hands(std::string host);        // TLS only: verifies the certificate for this name
  struct Written {
    std::size_t bytes = 0;
    bool all = false;
  };
  Task<Written> write(std::string_view bytes);
  struct Read {
    std::size_t bytes = 0;
    bool end = false;  // the gateway has said that it ends here (for TLS, with a close_notify)
  };
  Task<Read> read(char* to, std::size_t size);  // no bytes and no end: it failed

  // Nothing has arrived on it and the peer has not closed: it may carry another request.
  bool is_quiet();
  Instant idle_since() const { return idle_since_; }
  void rest();  // idle from now on, without a deadline

 private:
  struct Hand;  // closes the socket when the time is over

  boost::asio::ip::tcp::socket socket_;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
  std::shared_ptr<Hand> hand_;
  Instant idle_since_{};
};

}  // namespace passerelle::net
