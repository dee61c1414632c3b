#include "net/server.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <vector>

#include "raw_client.hpp"

namespace passerelle::net {
namespace {

using std::chrono::milliseconds;

TEST(Server, a_connection_serves_many_requests) {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 20; ++i) {
    client.send(post("/hooks/sms", "Body=" + std::to_string(i)));
    const Answer answer = client.receive();
    EXPECT_EQ(answer.body, "Body=" + std::to_string(i));
    EXPECT_FALSE(answer.closes());
  }
  EXPECT_EQ(server.server().counters().accepted, 1u);
  EXPECT_EQ(server.server().counters().requests, 20u);
}

TEST(Server, pipelined_requests_are_answered_in_their_order) {
  TestServer server;
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 200; ++i) all += post("/hooks/sms", std::string(static_cast<std::size_t>(i), 'a'));
  client.send(all);
  for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(client.receive().body.size(), i);
}

TEST(Server, a_request_in_the_smallest_packets_is_read_like_any_other) {
  TestServer server;
  RawClient client(server.port());
  for (const char byte : post("/hooks/sms", "hello")) ASSERT_TRUE(client.send(std::string_view(&byte, 1)));
  EXPECT_EQ(client.receive().body, "hello");
}

TEST(Server, a_body_of_exactly_the_limit_arrives_whole) {
  TestServer server;
  RawClient client(server.port());
  std::string body;
  while (body.size() < Limits{}.body) body += static_cast<char>('a' + body.size() % 26);
  client.send(post("/hooks/sms", body));
  EXPECT_EQ(client.receive().body, body);
  client.send(get("/ready"));
  EXPECT_EQ(client.receive().body, "ready");
}

TEST(Server, a_hook_takes_a_long_query) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/hooks/sms?" + std::string(16000, 'q')));
  EXPECT_EQ(client.receive().body, "16000");
}

TEST(Server, the_peer_decides_to_close) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/ready", "Connection: close\r\n"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.closes());
  EXPECT_TRUE(client.ends());
}

TEST(Server, http_1_0_is_answered_and_closed) {
  TestServer server;
  RawClient client(server.port());
  client.send("GET /ready HTTP/1.0\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive().body, "ready");
  EXPECT_TRUE(client.ends());
}

TEST(Server, a_peer_that_awaits_continue_is_told_to) {
  TestServer server;
  RawClient client(server.port());
  client.send("POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("hello");
  EXPECT_EQ(client.receive().body, "hello");
  client.send(post("/hooks/sms", "at once", "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.receive().body, "at once");  // it did not wait, so there is nothing to say
}

TEST(Server, unknown_paths_and_methods_do_not_end_the_connection) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/nothing/here"));
  EXPECT_EQ(client.receive().status, 404);
  client.send(get("/fields"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 405);
  EXPECT_NE(answer.head.find("\r\nAllow: POST\r\n"), std::string::npos);
  client.send(get("/ready"));
  EXPECT_EQ(client.receive().status, 200);
  client.send(post("/nothing/here", "a body that nobody reads"));
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_TRUE(client.ends());
}

TEST(Server, a_handler_that_throws_costs_one_answer_without_detail) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/throw"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.head.find("phone"), std::string::npos);
  client.send(get("/ready"));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Server, an_answer_that_cannot_be_sent_as_it_is_becomes_a_500) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/broken"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.head.find("Set-Cookie"), std::string::npos);
  EXPECT_TRUE(client.ends());
}

TEST(Server, the_handler_hears_that_its_answer_was_written) {
  TestServer server;
  server.let_go = true;
  RawClient client(server.port());
  client.send(get("/hold"));
  EXPECT_EQ(client.receive().body, "held");
  EXPECT_TRUE(eventually([&] { return server.written == 1; }));
  EXPECT_EQ(server.unwritten, 0);
}

TEST(Server, at_the_cap_the_oldest_unfinished_header_makes_room) {
  Limits limits;
  limits.connections = 4;
  TestServer server(limits);
  RawClient idle(server.port());
  idle.send(get("/ready"));
  EXPECT_EQ(idle.receive().status, 200);
  std::vector<RawClient> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back(server.port());
    waiting.back().send("GET /ready HT");
  }
  EXPECT_TRUE(server.answers());
  EXPECT_TRUE(waiting[0].ends());
  EXPECT_TRUE(waiting[1].is_open());
  EXPECT_TRUE(waiting[2].is_open());
  EXPECT_TRUE(idle.is_open());  // idle ones go last
}

TEST(Server, at_the_cap_unfinished_bodies_cannot_hold_the_house) {
  Limits limits;
  limits.connections = 3;
  TestServer server(limits);
  std::vector<RawClient> slow;
  for (int i = 0; i < 3; ++i) {
    slow.emplace_back(server.port());
    slow.back().send(
        "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(slow.back().receive().status, 100);  // so the server waits for the body
    slow.back().send("begun");
  }
  EXPECT_TRUE(server.answers());
  EXPECT_TRUE(slow[0].ends());
  EXPECT_TRUE(slow[2].is_open());
}

TEST(Server, a_thousand_silent_connections_cannot_fill_the_house) {
  Limits limits;
  limits.connections = 16;
  TestServer server(limits);
  std::vector<RawClient> silent;
  for (int i = 0; i < 1000; ++i) {
    if (silent.size() == 64) silent.erase(silent.begin());
    silent.emplace_back(server.port());
    if (i % 100 == 0) EXPECT_TRUE(server.answers());
  }
  EXPECT_TRUE(server.answers());
  EXPECT_TRUE(eventually([&] { return server.server().counters().open <= limits.connections; }));
}

TEST(Server, requests_that_are_being_answered_do_not_make_room) {
  Limits limits;
  limits.connections = 2;
  TestServer server(limits);
  RawClient first(server.port()), second(server.port());
  first.send(get("/hold"));
  second.send(get("/hold"));
  ASSERT_TRUE(eventually([&] { return server.holding == 2; }));
  RawClient third(server.port());
  EXPECT_TRUE(third.ends());
  server.let_go = true;
  EXPECT_EQ(first.receive().body, "held");
  EXPECT_EQ(second.receive().body, "held");
}

// A socket takes a descriptor when it is made; the server needs one more for each that it accepts.
TEST(Server, without_file_descriptors_it_waits_and_goes_on) {
  TestServer server;
  ASSERT_TRUE(server.answers());
  ASSERT_TRUE(eventually([&] { return server.server().counters().open == 0; }));
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  auto client = std::make_unique<RawClient>(RawClient::unconnected());
  const int next_free = ::dup(0);
  ASSERT_GE(next_free, 0);
  ::close(next_free);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(next_free);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  const auto started = std::chrono::steady_clock::now();
  const bool connected = client->connect(server.port()) && client->send(get("/ready"));
  const bool failed = eventually([&] { return server.server().counters().accept_failures >= 4; });
  const auto taken = std::chrono::steady_clock::now() - started;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_TRUE(connected);
  EXPECT_TRUE(failed);
  EXPECT_GT(taken, milliseconds(100));  // it paused between the attempts
  EXPECT_EQ(client->receive().body, "ready");
  EXPECT_TRUE(server.answers());
}

TEST(Server, an_address_in_use_is_an_error_that_names_it) {
  TestServer server;
  Server second(1);
  ListenerSettings settings;
  settings.port = server.port();
  const auto port = second.listen(settings, Router{});
  ASSERT_FALSE(port);
  EXPECT_NE(port.error().what.find("127.0.0.1:" + std::to_string(server.port())), std::string::npos)
      << port.error().what;
  EXPECT_TRUE(server.answers());  // and nothing was taken from the first
}

TEST(Server, an_address_that_is_none_is_an_error) {
  Server server(1);
  for (const char* address : {"localhost", "", "300.1.1.1", "192.0.2.1"}) {
    ListenerSettings settings;
    settings.address = address;
    const auto port = server.listen(settings, Router{});
    ASSERT_FALSE(port) << address;
    EXPECT_NE(port.error().what.find("cannot listen on " + std::string(address)), std::string::npos)
        << port.error().what;
  }
}

TEST(Server, two_listeners_have_their_own_routes_and_rules) {
  Server server(2);
  Router open, admin;
  const auto says = [](std::string word) {
    return [word](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
      co_return HttpResponse{200, {}, word};
    };
  };
  ASSERT_TRUE(open.add({"GET", "/who", says("open")}));
  ASSERT_TRUE(admin.add({"GET", "/who", says("admin")}));
  ListenerSettings careful;
  careful.loopback_peers_only = true;
  careful.check_origin = true;
  const auto open_port = server.listen({}, std::move(open));
  const auto admin_port = server.listen(careful, std::move(admin));
  ASSERT_TRUE(open_port && admin_port);
  server.start();
  RawClient first(*open_port), second(*admin_port), third(*admin_port);
  first.send(get("/who", "Origin: http://evil.example\r\n"));
  EXPECT_EQ(first.receive().body, "open");
  second.send(get("/who"));
  EXPECT_EQ(second.receive().body, "admin");
  third.send(get("/who", "Origin: http://evil.example\r\n"));
  EXPECT_EQ(third.receive().status, 403);
}

}  // namespace
}  // namespace passerelle::net
