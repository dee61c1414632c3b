#include "loopback_gateway.hpp"

#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace passerelle {

LoopbackGateway::LoopbackGateway(Script script) : script_(std::move(script)) {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(socket_, 64) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the gateway cannot listen");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

LoopbackGateway::~LoopbackGateway() {
  shutdown(socket_, SHUT_RDWR);
  accepting_.join();
  close(socket_);
  {
    const std::lock_guard lock(mutex_);
    for (const int each : open_) shutdown(each, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

void LoopbackGateway::accept_all() {
  for (;;) {
    const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return;
    ++connections_;
    {
      const std::lock_guard lock(mutex_);
      open_.push_back(accepted);
    }
    threads_.emplace_back([this, accepted] { serve(accepted); });
  }
}

LoopbackGateway::Act LoopbackGateway::ask(const std::string& request) {
  const std::lock_guard lock(mutex_);
  return script_(request.substr(request.find("\r\n\r\n") + 4));
}

void LoopbackGateway::serve(int socket) {
  net::GatewayPeer peer(socket, nullptr);
  for (;;) {
    const std::string request = peer.request();
    if (request.empty()) break;
    const Act act = ask(request);
    if (act.kind == Act::Kind::keep_still) {
      peer.closed_by_client();
      break;
    }
    if (act.kind == Act::Kind::lose) {
      peer.reset();
      break;
    }
    peer.write("HTTP/1.1 " + std::to_string(act.status) + " X\r\n" + act.fields +
               "Content-Length: " + std::to_string(act.body.size()) + "\r\n\r\n" + act.body);
  }
  const std::lock_guard lock(mutex_);  // before the socket goes: its number may be somebody else's then
  std::erase(open_, socket);
}

}  // namespace passerelle
