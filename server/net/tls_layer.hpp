// TLS between a connection's socket and its bytes, at the server's end. One thread's.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>
#include <memory>

#include "base/task.hpp"
#include "net/http_session.hpp"

namespace passerelle::net {

class TlsLayer {
 public:
  // 'socket' outlives it.
  TlsLayer(HttpSession::Socket& socket, std::shared_ptr<boost::asio::ssl::context> context)
      : context_(std::move(context)), stream_(socket, *context_) {}

  // All end early when the socket is closed or its operations are cancelled.
  Task<bool> shake_hands();
  Task<std::size_t> read_some(boost::asio::mutable_buffer to, boost::system::error_code& error);
  Task<void> write(boost::asio::const_buffer bytes, boost::system::error_code& error);
  Task<void> say_goodbye();  // so that the peer knows that nothing was cut off
  bool holds_bytes();        // that were received and not yet read

 private:
  std::shared_ptr<boost::asio::ssl::context> context_;
  boost::asio::ssl::stream<HttpSession::Socket&> stream_;
};

}  // namespace passerelle::net
