// A client on a context of its own, and what came of a request in a word.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <stdexcept>

#include "net/http_client.hpp"

namespace passerelle::net {

// Run by the test's thread as long as a request takes.
class Caller {
 public:
  explicit Caller(ClientSettings settings, Resolver resolver = {}) {
    auto made = HttpClient::make(context_.get_executor(), std::move(settings), std::move(resolver));
    if (!made) throw std::runtime_error(to_string(made.error()));
    client_ = std::move(*made);
  }
  ~Caller() {
    client_->close();
    context_.restart();
    context_.poll();
  }

  Exchange send(OutgoingRequest request) {
    std::optional<Exchange> came;
    boost::asio::co_spawn(context_, client_->send(std::move(request)),
                          [&](std::exception_ptr thrown, Exchange exchange) {
                            EXPECT_EQ(thrown, nullptr);
                            came = std::move(exchange);
                            context_.stop();
                          });
    context_.restart();
    context_.run_for(std::chrono::seconds(20));
    return came ? std::move(*came) : Exchange(NoResponse{true, "the test's patience"});
  }
  Exchange post(const std::string& url, const std::string& body) { return send({"POST", url, {{"X-A", "b"}}, body}); }
  HttpClient& client() { return *client_; }

 private:
  boost::asio::io_context context_{1};
  std::unique_ptr<HttpClient> client_;
};

inline std::string body_of(const Exchange& exchange) {
  const auto* response = std::get_if<HttpResponse>(&exchange);
  return response == nullptr ? "no response: " + std::get<NoResponse>(exchange).why : response->body;
}

// "safe: why" when nothing was handed over, "ambiguous: why" when the gateway may have it.
inline std::string failure_of(const Exchange& exchange) {
  const auto* none = std::get_if<NoResponse>(&exchange);
  return none == nullptr ? "answered" : (none->ambiguous ? "ambiguous: " : "safe: ") + none->why;
}

inline ClientSettings settings(std::string origin) {
  ClientSettings made;
  made.origins = {std::move(origin)};
  return made;
}

}  // namespace passerelle::net
