#include "net/http_connection.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "net/address_rule.hpp"

namespace passerelle::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

}  // namespace

// Shared with its own wait, which may end after the connection has gone.
struct HttpConnection::Hand : std::enable_shared_from_this<Hand> {
  Hand(const Executor& executor, asio::ip::tcp::socket& its_socket) : timer(executor), socket(&its_socket) {}

  void arm(Instant deadline) {
    overdue = false;
    timer.expires_at(deadline);
    timer.async_wait([self = shared_from_this()](const error_code& error) {
      if (error || self->socket == nullptr || self->timer.expiry() > std::chrono::steady_clock::now()) return;
      self->overdue = true;
      error_code ignored;
      self->socket->close(ignored);
    });
  }

  asio::steady_timer timer;
  asio::ip::tcp::socket* socket;
  bool overdue = false;
};

HttpConnection::HttpConnection(const Executor& executor, asio::ssl::context* tls)
    : socket_(executor), hand_(std::make_shared<Hand>(executor, socket_)) {
  if (tls != nullptr) tls_.emplace(socket_, *tls);
}

HttpConnection::~HttpConnection() {
  hand_->socket = nullptr;
  hand_->timer.cancel();
}

void HttpConnection::set_deadline(Instant deadline) { hand_->arm(deadline); }

bool HttpConnection::is_overdue() const { return hand_->overdue; }

Task<bool> HttpConnection::connect(asio::ip::tcp::endpoint endpoint) {
  error_code error;
  if (socket_.is_open()) socket_.close(error);
  co_await socket_.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return false;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  co_return true;
}

void HttpConnection::begin_tls(asio::ssl::context& tls) { tls_.emplace(socket_, tls); }

Task<bool> HttpConnection::shake_hands(std::string host) {
  const auto address = literal(host);
  if (address) host = address->to_string();
  // RFC 6066, 3: the name is told to the server, an address is not.
  if (!address && SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str()) != 1) co_return false;
  error_code error;
  tls_->set_verify_mode(asio::ssl::verify_peer, error);
  if (!error) tls_->set_verify_callback(asio::ssl::host_name_verification(host), error);
  if (error) co_return false;
  co_await tls_->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

Task<HttpConnection::Written> HttpConnection::write(std::string_view bytes) {
  error_code error;
  const asio::const_buffer buffer(bytes.data(), bytes.size());
  std::size_t written = 0;
  if (tls_)
    written = co_await asio::async_write(*tls_, buffer, asio::redirect_error(asio::use_awaitable, error));
  else
    written = co_await asio::async_write(socket_, buffer, asio::redirect_error(asio::use_awaitable, error));
  co_return Written{written, !error};
}

Task<HttpConnection::Read> HttpConnection::read(char* to, std::size_t size) {
  error_code error;
  const asio::mutable_buffer buffer(to, size);
  std::size_t bytes = 0;
  if (tls_)
    bytes = co_await tls_->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
  else
    bytes = co_await socket_.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, error));
  // TLS without close_notify is stream_truncated: an answer that ends by closing may have been cut by anybody.
  co_return Read{bytes, error == asio::error::eof};
}

bool HttpConnection::is_quiet() {
  char byte = 0;
  const auto peeked = recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void HttpConnection::rest() {
  hand_->timer.cancel();
  idle_since_ = std::chrono::steady_clock::now();
}

}  // namespace passerelle::net
