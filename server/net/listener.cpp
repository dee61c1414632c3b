#include "net/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/core/demangle.hpp>
#include <cstring>
#include <exception>

#include "base/log.hpp"

namespace passerelle::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds pause{50};  // without file descriptors: neither stall nor spin
constexpr int largest_backlog = 4096;           // taken in when draining

using Endpoint = asio::generic::stream_protocol::endpoint;

tcp::endpoint to_tcp(const Endpoint& endpoint) {
  tcp::endpoint address;
  if (endpoint.size() > address.capacity()) return address;
  std::memcpy(address.data(), endpoint.data(), endpoint.size());
  address.resize(endpoint.size());
  return address;
}

Peer peer_of(asio::ip::address address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return Peer{address.to_string(), address.is_loopback()};
}

Error cannot_listen(const ListenerSettings& settings, const std::string& why) {
  const std::string address =
      settings.address.find(':') == std::string::npos ? settings.address : "[" + settings.address + "]";
  return Error{"cannot listen on " + address + ":" + std::to_string(settings.port) + ": " + why, ""};
}

std::string explain(const ListenerSettings& settings, error_code error) {
  const std::string port = std::to_string(settings.port);
  if (error == asio::error::address_in_use) {
    return "another program uses port " + port + " of " + settings.address + "; stop it or choose another port";
  }
  if (error == asio::error::access_denied) {
    return "ports below 1024 need a privilege; choose a higher one behind a proxy, or grant CAP_NET_BIND_SERVICE";
  }
  if (error == boost::system::errc::address_not_available) return "this machine has no address " + settings.address;
  return error.message();
}

}  // namespace

Listener::Listener(const Site& site, Threads& threads, Common& common)
    : site_(site),
      threads_(threads),
      common_(common),
      acceptor_(threads.front()->context()),
      pause_(threads.front()->context()) {}

result<std::uint16_t> Listener::open() { return site_.settings.path.empty() ? open_address() : open_local(); }

result<std::uint16_t> Listener::open_address() {
  error_code error;
  const auto address = asio::ip::make_address(site_.settings.address, error);
  if (error) return cannot_listen(site_.settings, "this is not an IP address; 127.0.0.1 or [::1] would be one");
  const tcp::endpoint endpoint(address, site_.settings.port);
  acceptor_.open(endpoint.protocol(), error);
  // Not SO_REUSEPORT: with it, a second server would silently share the port.
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor_.non_blocking(true, error);
  if (error) return cannot_listen(site_.settings, explain(site_.settings, error));
  const Endpoint bound = acceptor_.local_endpoint(error);
  if (error) return cannot_listen(site_.settings, error.message());
  return to_tcp(bound).port();
}

result<std::uint16_t> Listener::open_local() {
  const std::string& path = site_.settings.path;
  error_code error;
  acceptor_.open(asio::generic::stream_protocol(AF_UNIX, 0), error);
  if (error) return Error{"cannot make a Unix socket: " + error.message(), path};
  auto name = LocalName::give(acceptor_.native_handle(), path);
  if (!name) return name.error();
  acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor_.non_blocking(true, error);
  if (error) return Error{"cannot listen on the admin socket: " + error.message(), path};
  name_ = std::move(*name);
  return std::uint16_t{0};
}

void Listener::start() {
  ++common_.accepting;
  asio::co_spawn(threads_.front()->context(), accept_all(*this), asio::detached);
}

void Listener::drain() {
  asio::post(threads_.front()->context(), [this] {
    error_code ignored;
    acceptor_.cancel(ignored);
    pause_.cancel();
  });
}

Task<void> Listener::accept_all(Listener& self) {
  while (!self.common_.draining) {
    try {
      co_await self.accept_one();
    } catch (const std::exception& error) {
      log::error("accept_failed", {{"class", boost::core::demangle(typeid(error).name())}});
    }
  }
  self.name_.reset();  // before the last look into the backlog: whoever comes later finds nobody
  self.accept_backlog();
  error_code ignored;
  self.acceptor_.close(ignored);
  const std::lock_guard lock(self.common_.mutex);
  --self.common_.accepting;
  self.common_.fewer.notify_all();
}

Task<void> Listener::accept_one() {
  IoThread& thread = next_thread();
  error_code error;
  HttpSession::Socket socket =
      co_await acceptor_.async_accept(thread.context(), asio::redirect_error(asio::use_awaitable, error));
  if (!error)
    admit(std::move(socket), thread);
  else if (error != asio::error::operation_aborted)
    co_await back_off(error);
}

// Peers whose connection the kernel has already established may have sent a request: it is still answered.
void Listener::accept_backlog() {
  for (int i = 0; i < largest_backlog; ++i) {
    IoThread& thread = next_thread();
    error_code error;
    HttpSession::Socket socket = acceptor_.accept(thread.context(), error);
    if (error) return;
    admit(std::move(socket), thread);
  }
}

// Mostly EMFILE: a connection that only waits gives its descriptor to those who come.
Task<void> Listener::back_off(error_code error) {
  const auto failures = ++common_.accept_failures;
  if ((failures & (failures - 1)) == 0) {  // a flood must not fill the log
    log::warning("accept_failed", {{"code", error.value()}, {"failures", static_cast<std::int64_t>(failures)}});
  }
  make_room();
  pause_.expires_after(pause);
  error_code cancelled;
  co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void Listener::admit(HttpSession::Socket socket, IoThread& thread) {
  std::optional<Peer> peer = welcome(socket);
  if (!peer || (!has_room() && !make_room())) {
    ++common_.refused;
    return;  // the socket's end closes it
  }
  ++common_.accepted;
  auto session = std::make_shared<HttpSession>(std::move(socket), std::move(*peer), site_, thread, common_);
  thread.enter(*session);  // before its first step, so that it can be told to make room from now on
  asio::co_spawn(thread.context(), HttpSession::run(std::move(session)), asio::detached);
}

std::optional<Peer> Listener::welcome(HttpSession::Socket& socket) const {
  if (!site_.settings.path.empty()) {
    const auto uid = peer_uid(socket.native_handle());
    if (!uid || !may_enter(*uid)) return std::nullopt;
    return Peer{"uid:" + std::to_string(*uid), true};
  }
  error_code error;
  const tcp::endpoint endpoint = to_tcp(socket.remote_endpoint(error));
  if (error) return std::nullopt;  // the peer has already left
  Peer peer = peer_of(endpoint.address());
  if (!peer.is_loopback && site_.settings.loopback_peers_only) return std::nullopt;
  return peer;
}

bool Listener::has_room() { return common_.open < common_.limits.connections + common_.leaving; }

bool Listener::make_room() {
  IoThread::Waiting longest;
  for (const auto& thread : threads_) {
    IoThread::Waiting candidate = thread->longest_waiting();
    if (candidate.before(longest)) longest = std::move(candidate);
  }
  if (longest.session == nullptr) return has_room();  // the longest waiting may have left while we looked
  longest.session->make_room();
  return true;
}

IoThread& Listener::next_thread() {
  turn_ = (turn_ + 1) % threads_.size();
  return *threads_[turn_];
}

}  // namespace passerelle::net
