#include "net/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "base/timer.hpp"
#include "caller.hpp"
#include "raw_client.hpp"
#include "scripted_gateway.hpp"

namespace passerelle::net {
namespace {

using std::chrono::milliseconds;

TEST(HttpClient, sends_what_it_was_given_and_tells_what_came) {
  std::string seen;
  ScriptedGateway gateway({[&](GatewayPeer& peer) {
    seen = peer.request();
    peer.write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno");
  }});
  Caller caller(settings(gateway.origin()));
  const Exchange came = caller.send({"POST",
                                     gateway.origin() + "/a%20b?x=%C3%A9#part",
                                     {{"Host", "evil"}, {"Content-Length", "1"}, {"X-A", "b"}},
                                     "Body=été"});
  const auto* response = std::get_if<HttpResponse>(&came);
  ASSERT_NE(response, nullptr) << failure_of(came);
  EXPECT_EQ(response->status, 429);
  EXPECT_EQ(field(response->fields, "Retry-After"), "7");
  EXPECT_EQ(seen, "POST /a%20b?x=%C3%A9 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(gateway.port()) +
                      "\r\nX-A: b\r\nUser-Agent: Passerelle\r\nContent-Length: 10\r\n\r\nBody=été");
}

TEST(HttpClient, a_quiet_connection_carries_the_next_request) {
  ScriptedGateway gateway({[](GatewayPeer& peer) {
    while (!peer.request().empty()) peer.write(ok("again"));
  }});
  Caller caller(settings(gateway.origin()));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "again");
  EXPECT_EQ(gateway.connections(), 1);
  EXPECT_EQ(caller.client().counters().reused, 4u);
}

TEST(HttpClient, a_connection_that_closed_or_spoke_is_not_used_again) {
  std::atomic<bool> answered = false;
  std::atomic<bool> spoken = false;
  const auto close_after = [](GatewayPeer& peer) {
    peer.request();
    peer.write(ok("first"));
  };
  const auto speak_after = [&](GatewayPeer& peer) {
    peer.request();
    peer.write(ok("second"));
    eventually([&] { return answered.load(); });
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    spoken = true;
    peer.request();
  };
  const auto serve = [](GatewayPeer& peer) {
    while (!peer.request().empty()) peer.write(ok("third"));
  };
  ScriptedGateway gateway({close_after, speak_after, serve});
  Caller caller(settings(gateway.origin()));
  EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "first");
  ASSERT_TRUE(eventually([&] { return gateway.finished() == 1; }));
  EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "second");
  answered = true;
  ASSERT_TRUE(eventually([&] { return spoken.load(); }));
  EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "third");
  EXPECT_EQ(caller.client().counters().reused, 0u);
}

TEST(HttpClient, a_connection_that_rested_too_long_is_not_used_again) {
  const auto serve = [](GatewayPeer& peer) {
    while (!peer.request().empty()) peer.write(ok("fresh"));
  };
  ScriptedGateway gateway({serve, serve});
  ClientSettings agreed = settings(gateway.origin());
  agreed.idle = milliseconds(0);
  Caller caller(agreed);
  EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "fresh");
  EXPECT_EQ(body_of(caller.post(gateway.origin(), "x")), "fresh");
  EXPECT_EQ(gateway.connections(), 2);
}

TEST(HttpClient, whoever_refuses_the_connection_has_surely_got_nothing) {
  std::string origin;
  {
    origin = ScriptedGateway({}).origin();
  }
  Caller caller(settings(origin));
  EXPECT_EQ(failure_of(caller.post(origin, "x")), "safe: connect");
}

// A full queue of connections swallows packets as a broken route does.
class Swallower {
 public:
  Swallower(const char* address, std::uint16_t port) {
    at_.sin_family = AF_INET;
    at_.sin_port = htons(port);
    inet_pton(AF_INET, address, &at_.sin_addr);
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bound_ = bind(listener_, reinterpret_cast<const sockaddr*>(&at_), sizeof at_) == 0 && listen(listener_, 0) == 0;
    for (int& waiting : waiting_) {
      waiting = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      if (bound_) connect(waiting, reinterpret_cast<const sockaddr*>(&at_), sizeof at_);
    }
  }
  ~Swallower() {
    for (const int waiting : waiting_) close(waiting);
    close(listener_);
  }
  Swallower(const Swallower&) = delete;
  Swallower& operator=(const Swallower&) = delete;
  bool bound() const { return bound_; }

 private:
  sockaddr_in at_{};
  int listener_ = -1;
  std::array<int, 4> waiting_{};
  bool bound_ = false;
};

TEST(HttpClient, an_address_that_swallows_packets_leaves_time_for_the_next_one) {
  ScriptedGateway gateway({[](GatewayPeer& peer) {
    peer.request();
    peer.write(ok("the second address"));
  }});
  const Swallower swallower("127.0.0.2", gateway.port());
  ASSERT_TRUE(swallower.bound());
  const Resolver both = [](std::string) -> Task<std::vector<std::string>> {
    co_return std::vector<std::string>{"127.0.0.2", "127.0.0.1"};
  };
  const std::string origin = "http://localhost:" + std::to_string(gateway.port());
  ClientSettings agreed = settings(origin);
  agreed.connect = milliseconds(600);
  Caller caller(agreed, both);
  EXPECT_EQ(body_of(caller.post(origin, "x")), "the second address");
  EXPECT_EQ(caller.client().counters().connections, 1u);
}

TEST(HttpClient, a_reset_or_an_end_after_the_request_is_ambiguous) {
  ScriptedGateway gateway({[](GatewayPeer& peer) {
                             peer.request();
                             peer.reset();
                           },
                           [](GatewayPeer& peer) { peer.request(); },
                           [](GatewayPeer& peer) {
                             peer.request();
                             peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                           }});
  Caller caller(settings(gateway.origin()));
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: reset");
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: broken answer");
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: broken answer");
}

TEST(HttpClient, an_answer_that_does_not_come_in_time_is_ambiguous) {
  const auto say_nothing = [](GatewayPeer& peer) {
    peer.request();
    peer.closed_by_client();
  };
  const auto drip = [](GatewayPeer& peer) {
    peer.request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (!peer.something_within(milliseconds(30))) peer.write("x");
  };
  ScriptedGateway gateway({say_nothing, drip});
  ClientSettings agreed = settings(gateway.origin());
  agreed.answer = milliseconds(200);
  Caller caller(agreed);
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: deadline");
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: deadline");
}

TEST(HttpClient, a_redirect_is_an_answer_and_nobody_goes_there) {
  ScriptedGateway elsewhere({[](GatewayPeer& peer) { peer.request(); }});
  ScriptedGateway gateway({[&](GatewayPeer& peer) {
    peer.request();
    peer.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.origin() + "/\r\nContent-Length: 0\r\n\r\n");
  }});
  ClientSettings agreed = settings(gateway.origin());
  agreed.origins.push_back(elsewhere.origin());
  Caller caller(agreed);
  const Exchange came = caller.post(gateway.origin(), "x");
  ASSERT_TRUE(std::holds_alternative<HttpResponse>(came));
  EXPECT_EQ(std::get<HttpResponse>(came).status, 307);
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(HttpClient, only_a_configured_origin_is_called) {
  ScriptedGateway gateway({});
  Caller caller(settings(gateway.origin()));
  const std::string port = std::to_string(gateway.port());
  const std::vector<std::string> others = {"http://localhost:" + port,
                                           "https://127.0.0.1:" + port,
                                           "http://127.0.0.1:1",
                                           "http://127.0.0.1",
                                           "http://user@127.0.0.1:" + port,
                                           "http://127.0.0.1:" + port + "@evil.example",
                                           "ftp://127.0.0.1:" + port,
                                           "http://[::ffff:127.0.0.1]:" + port,
                                           "http://127.1:" + port,
                                           "file:///etc/passwd",
                                           ""};
  for (const std::string& url : others) {
    EXPECT_EQ(failure_of(caller.post(url, "x")), "safe: origin not configured") << url;
  }
  EXPECT_EQ(failure_of(caller.send({"PUT", gateway.origin(), {}, ""})), "safe: request");
  EXPECT_EQ(failure_of(caller.send({"POST", gateway.origin(), {{"X-A", "b\r\nX-B: c"}}, ""})), "safe: request");
  EXPECT_EQ(gateway.connections(), 0);
}

TEST(HttpClient, a_name_that_is_rebound_to_an_inner_address_is_not_connected) {
  ScriptedGateway gateway({});
  const std::string origin = "http://api.example.org:" + std::to_string(gateway.port());
  const Resolver liar = [](std::string) -> Task<std::vector<std::string>> {
    co_return std::vector<std::string>{"127.0.0.1", "::1", "169.254.169.254", "10.0.0.1", "::ffff:127.0.0.1"};
  };
  Caller caller(settings(origin), liar);
  EXPECT_EQ(failure_of(caller.post(origin, "x")), "safe: address not allowed");
  EXPECT_EQ(gateway.connections(), 0);
}

TEST(HttpClient, a_resolver_that_does_not_answer_is_not_waited_for) {
  const Resolver slow = [](std::string) -> Task<std::vector<std::string>> {
    co_await wait_for(milliseconds(5'000));
    co_return std::vector<std::string>{"127.0.0.1"};
  };
  ClientSettings agreed = settings("http://api.example.org");
  agreed.connect = milliseconds(100);
  Caller caller(agreed, slow);
  EXPECT_EQ(failure_of(caller.post("http://api.example.org", "x")), "safe: no address");
}

TEST(HttpClient, an_answer_that_is_too_long_is_cut_off) {
  ScriptedGateway gateway({[](GatewayPeer& peer) {
    peer.request();
    peer.write(ok(std::string(100'000, 'x')));
    peer.closed_by_client();
  }});
  ClientSettings agreed = settings(gateway.origin());
  agreed.limits = {1024, 50'000};
  Caller caller(agreed);
  EXPECT_EQ(failure_of(caller.post(gateway.origin(), "x")), "ambiguous: too long");
}

}  // namespace
}  // namespace passerelle::net
