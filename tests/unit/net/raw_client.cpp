#include "raw_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/timer.hpp"

namespace passerelle::net {
namespace {

using std::chrono::steady_clock;

int wait_for_event(int socket, short events, steady_clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
  pollfd polled{socket, events, 0};
  return ::poll(&polled, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) > 0 ? polled.revents : 0;
}

std::size_t content_length(std::string_view head) {
  const auto at = head.find("\r\nContent-Length: ");
  std::size_t length = 0;
  if (at != std::string_view::npos) std::from_chars(head.data() + at + 18, head.data() + head.size(), length);
  return length;
}

}  // namespace

RawClient::RawClient() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}

RawClient::RawClient(std::uint16_t port) : RawClient() { connect(port); }

bool RawClient::connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return connected_;
}

RawClient RawClient::local(const std::string& path) {
  RawClient client{Descriptor{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)}};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  client.connected_ = ::connect(client.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return client;
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  const auto deadline = steady_clock::now() + patience;
  while (!bytes.empty()) {
    const int events = wait_for_event(socket_, POLLIN | POLLOUT, deadline);
    if (events == 0) return false;
    if ((events & POLLIN) != 0) {
      fill(deadline);
      if (ended_) return false;
    }
    if ((events & POLLOUT) == 0) continue;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::fill(steady_clock::time_point deadline) {
  if (ended_ || wait_for_event(socket_, POLLIN, deadline) == 0) return false;
  std::array<char, 16384> piece;
  const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
  if (count > 0)
    received_.append(piece.data(), static_cast<std::size_t>(count));
  else
    ended_ = true;
  return count > 0;
}

bool RawClient::arrives() { return fill(steady_clock::now()); }

Answer RawClient::receive() {
  const auto deadline = steady_clock::now() + patience;
  Answer answer;
  auto end = received_.find("\r\n\r\n");
  while (end == std::string::npos && fill(deadline)) end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return answer;
  answer.head = received_.substr(0, end + 2);
  const std::size_t size = end + 4 + content_length(answer.head);
  while (received_.size() < size && fill(deadline)) continue;
  if (received_.size() < size) return answer;
  answer.body = received_.substr(end + 4, size - end - 4);
  received_.erase(0, size);
  std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
  return answer;
}

bool RawClient::ends() {
  const auto deadline = steady_clock::now() + patience;
  while (fill(deadline)) continue;
  return ended_;
}

bool RawClient::is_open() {
  char byte = 0;
  const ssize_t count = ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return !ended_ && (count > 0 || (count < 0 && errno == EAGAIN));
}

std::string get(std::string_view path, std::string_view more_fields) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more_fields) + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view more_fields) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more_fields) + "\r\n" + std::string(body);
}

TestServer::TestServer(Limits limits, ListenerSettings settings, std::size_t threads) : server_(threads, limits) {
  const auto port = server_.listen(settings, routes());
  if (!port) throw std::runtime_error(to_string(port.error()));
  port_ = *port;
  server_.start();
}

TestServer::~TestServer() { let_go = true; }

Router TestServer::routes() {
  Router router;
  const auto add = [&router](std::string method, std::string pattern, Handler handler) {
    const auto added = router.add(Route{std::move(method), std::move(pattern), std::move(handler)});
    if (!added) throw std::runtime_error(to_string(added.error()));
  };
  add("GET", "/ready", [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
    co_return HttpResponse{200, {{"Content-Type", "text/plain"}}, "ready"};
  });
  add("POST", "/hooks/{channel}", [](const HttpRequest& request, const PathParameters&) -> Task<HttpResponse> {
    co_return HttpResponse{200, {}, request.body};
  });
  add("GET", "/hooks/{channel}", [](const HttpRequest& request, const PathParameters&) -> Task<HttpResponse> {
    co_return HttpResponse{200, {}, std::to_string(request.query().size())};
  });
  add("POST", "/fields", [](const HttpRequest& request, const PathParameters&) -> Task<HttpResponse> {
    std::string names;
    for (const HttpField& field : request.fields) names += field.name + ";";
    co_return HttpResponse{200, {}, names};
  });
  add("GET", "/throw", [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
    throw std::runtime_error("a name, a phone number");
    co_return HttpResponse{};
  });
  add("GET", "/broken", [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
    co_return HttpResponse{200, {{"X-Echo", "a\r\nSet-Cookie: b"}}, ""};
  });
  add("GET", "/large", [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
    co_return HttpResponse{200, {}, std::string(std::size_t{64} << 20, 'x')};
  });
  add("GET", "/hold", [this](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
    ++holding;
    while (!let_go) co_await wait_for(std::chrono::milliseconds(2));
    --holding;
    co_return HttpResponse{200, {}, "held", [this](bool sent) { ++(sent ? written : unwritten); }};
  });
  return router;
}

int TestServer::status_of(std::string_view request) {
  RawClient client(port_);
  client.send(request);
  return client.receive().status;
}

bool TestServer::answers() {
  RawClient client(port_);
  return client.connected() && client.send(get("/ready")) && client.receive().body == "ready";
}

}  // namespace passerelle::net
