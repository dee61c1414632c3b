#include "net/tls_layer.hpp"

#include <openssl/ssl.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace passerelle::net {

namespace asio = boost::asio;
using boost::system::error_code;

Task<bool> TlsLayer::shake_hands() {
  error_code error;
  co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

Task<std::size_t> TlsLayer::read_some(asio::mutable_buffer to, error_code& error) {
  co_return co_await stream_.async_read_some(to, asio::redirect_error(asio::use_awaitable, error));
}

Task<void> TlsLayer::write(asio::const_buffer bytes, error_code& error) {
  co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, error));
}

Task<void> TlsLayer::say_goodbye() {
  error_code ignored;
  co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
}

bool TlsLayer::holds_bytes() { return SSL_pending(stream_.native_handle()) > 0; }

}  // namespace passerelle::net
