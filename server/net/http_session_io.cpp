// The bytes and deadlines of a connection; http_session.cpp is the course of a request.
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstring>

#include "base/log.hpp"
#include "net/http_session.hpp"
#include "net/response.hpp"
#include "net/tls_layer.hpp"
#include "net/tls_pair.hpp"

namespace passerelle::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::size_t first_buffer = 4 * 1024;  // most requests arrive whole in it
constexpr std::size_t kept_memory = 16 * 1024;  // what each buffer may keep between two requests

// After a refusal we go on reading for a moment: a connection closed over unread bytes is reset, and the reset would
// take the answer away from a peer that is still sending.
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = std::size_t{16} * 1024 * 1024;

void shed(std::string& buffer) {
  if (buffer.capacity() > kept_memory) buffer = std::string();
}

}  // namespace

HttpSession::HttpSession(Socket socket, Peer peer, const Site& site, IoThread& thread, Common& common)
    : socket_(std::move(socket)), site_(site), thread_(thread), common_(common), limits_(common.limits) {
  request_.peer = std::move(peer.address);
  request_.peer_is_loopback = peer.is_loopback;
  if (site.settings.tls) tls_ = std::make_unique<TlsLayer>(socket_, site.settings.tls->current());
  start_waiting();
  ++common_.open;
}

HttpSession::~HttpSession() {
  thread_.leave(*this);
  if (leaving_) --common_.leaving;
  const std::lock_guard lock(common_.mutex);
  --common_.open;
  common_.fewer.notify_all();
}

Task<bool> HttpSession::receive() {
  make_space();
  for (;;) {
    if (phase_ == Phase::waiting && is_last()) co_return false;
    error_code error;
    const asio::mutable_buffer room(buffer_.data() + end_, buffer_.size() - end_);
    end_ += tls_ ? co_await tls_->read_some(room, error)
                 : co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
    if (expired_) co_return false;
    if (!error) co_return true;
    // wake_to_drain() looks here whether the peer had already sent something.
    const bool woken = error == asio::error::operation_aborted && phase_ == Phase::waiting && common_.draining;
    if (!woken) co_return false;
  }
}

void HttpSession::make_space() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (buffer_.empty()) buffer_.resize(first_buffer);
  if (end_ < buffer_.size()) return;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  } else {
    buffer_.resize(buffer_.size() * 2);  // HeadScanner refuses before this becomes large
  }
}

void HttpSession::shed_memory() {
  large_.reset();
  gave_way_ = false;
  if (begin_ == end_) {
    begin_ = end_ = 0;
    shed(buffer_);
  }
  shed(request_.body);
  shed(out_);
}

Task<bool> HttpSession::write(const HttpResponse& response, bool close) {
  if (write_response(response, close, out_)) co_return co_await write_out();
  log::error("answer_not_sendable", {{"status", response.status}});
  write_response(bare(500), true, out_);
  co_await write_out();
  co_return false;  // this was not the answer that was asked for
}

Task<bool> HttpSession::write_out() {
  enter_phase(Phase::writing, steady_clock::now() + limits_.write_time);
  error_code error;
  if (tls_)
    co_await tls_->write(asio::buffer(out_), error);
  else
    co_await asio::async_write(socket_, asio::buffer(out_), asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

Task<void> HttpSession::end() {
  if (!tls_ || phase_ == Phase::overtime) co_return;
  enter_phase(Phase::lingering, steady_clock::now() + linger_time);
  co_await tls_->say_goodbye();
}

Task<void> HttpSession::linger() {
  enter_phase(Phase::lingering, steady_clock::now() + linger_time);
  error_code error;
  if (!tls_) socket_.shutdown(Socket::shutdown_send, error);  // TLS would take it for an attack
  buffer_.resize(std::max(buffer_.size(), first_buffer));
  std::size_t discarded = 0;
  while (!error && discarded < linger_bytes && !common_.draining) {
    discarded += tls_ ? co_await tls_->read_some(asio::buffer(buffer_), error)
                      : co_await socket_.async_read_some(asio::buffer(buffer_),
                                                         asio::redirect_error(asio::use_awaitable, error));
  }
}

void HttpSession::enter_phase(Phase phase, Instant deadline) {
  const bool same_body = phase == Phase::body && phase_ == Phase::body;  // a drip does not make itself young again
  phase_ = phase;
  deadline_ = deadline;
  if (same_body) return;
  const bool waits =
      phase == Phase::waiting || phase == Phase::header || phase == Phase::body || phase == Phase::lingering;
  waiting_since_.store(waits ? steady_clock::now().time_since_epoch().count() : 0, std::memory_order_relaxed);
  idle_.store(phase == Phase::lingering || phase == Phase::body || (phase == Phase::waiting && !first_),
              std::memory_order_relaxed);
}

void HttpSession::start_waiting() {
  enter_phase(Phase::waiting, steady_clock::now() + (first_ ? limits_.header_time : limits_.idle_time));
}

// The first header has its time from the accept on, so that silence is no way to gain any.
void HttpSession::start_header() {
  if (first_)
    phase_ = Phase::header;
  else
    enter_phase(Phase::header, steady_clock::now() + limits_.header_time);
}

void HttpSession::sweep(Instant now) {
  if (now < deadline_) return;
  switch (phase_) {
    case Phase::header:
    case Phase::body: {
      expired_ = true;  // the coroutine answers 408
      error_code ignored;
      socket_.cancel(ignored);
      return;
    }
    case Phase::handling: answer_overtime(); return;
    case Phase::waiting:
    case Phase::overtime:
    case Phase::writing:
    case Phase::lingering: close(); return;
  }
}

// A handler cannot be cancelled (its transaction may be queued), so the peer gets its 503 now, while the request stays
// alive until the handler ends. One attempt: the socket has been silent since the request, so its buffer is free.
void HttpSession::answer_overtime() {
  phase_ = Phase::overtime;
  common_.refused.fetch_add(1, std::memory_order_relaxed);
  write_response(bare(503), true, out_);
  error_code ignored;
  socket_.non_blocking(true, ignored);
  if (!tls_) socket_.write_some(asio::buffer(out_), ignored);
  close();
}

void HttpSession::wake_to_drain() {
  error_code ignored;
  if (phase_ == Phase::waiting || phase_ == Phase::lingering) socket_.cancel(ignored);
}

bool HttpSession::is_last() const {
  if (!common_.draining || !arrived().empty() || (tls_ && tls_->holds_bytes())) return false;
  error_code ignored;
  return socket_.available(ignored) == 0;
}

bool HttpSession::start_leaving() {
  if (leaving_.exchange(true)) return false;
  ++common_.leaving;
  return true;
}

void HttpSession::make_room() {
  if (!start_leaving()) return;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (self->waiting_since() != 0)
      self->close();
    else
      self->stay();
  });
}

// Any thread, while the body has its place. It ends as if its time were over, unless it has become whole meanwhile.
void HttpSession::give_way() {
  gave_way_ = true;
  asio::post(socket_.get_executor(), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self || !self->gave_way_ || self->phase_ != Phase::body) return;
    self->expired_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void HttpSession::stay() {
  leaving_ = false;
  --common_.leaving;
}

void HttpSession::close() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
}

}  // namespace passerelle::net
