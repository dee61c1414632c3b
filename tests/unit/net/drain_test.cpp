// An orderly end: what has begun is finished, what is idle is closed, and nobody waits longer than the deadline.
#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "raw_client.hpp"

namespace passerelle::net {
namespace {

using std::chrono::milliseconds;

TEST(Drain, draining_lets_a_running_handler_finish) {
  TestServer server;
  RawClient busy(server.port()), idle(server.port());
  idle.send(get("/ready"));
  EXPECT_EQ(idle.receive().status, 200);
  busy.send(get("/hold"));
  ASSERT_TRUE(eventually([&] { return server.holding == 1; }));
  auto drained = std::async(std::launch::async, [&] { server.server().drain(patience); });
  EXPECT_TRUE(idle.ends());
  EXPECT_TRUE(eventually([&] { return !RawClient(server.port()).connected(); }));
  server.let_go = true;
  const Answer answer = busy.receive();
  EXPECT_EQ(answer.body, "held");
  EXPECT_TRUE(answer.closes());
  EXPECT_TRUE(busy.ends());
  drained.get();
  EXPECT_EQ(server.server().counters().open, 0u);
  EXPECT_EQ(server.written, 1);
}

TEST(Drain, draining_serves_a_request_that_has_begun) {
  TestServer server;
  RawClient client(server.port());
  const std::string request = post("/hooks/sms", "hello");
  client.send(request.substr(0, 20));
  RawClient witness(server.port());
  ASSERT_TRUE(server.answers());
  auto drained = std::async(std::launch::async, [&] { server.server().drain(patience); });
  EXPECT_TRUE(witness.ends());  // so the drain has begun
  client.send(request.substr(20));
  EXPECT_EQ(client.receive().body, "hello");
  drained.get();
}

// Each of these connections is established, with its request in the kernel, before the drain begins.
TEST(Drain, draining_drops_no_request_that_was_sent_before) {
  TestServer server({}, {}, 1);
  RawClient busy(server.port());
  busy.send(get("/hold"));
  ASSERT_TRUE(eventually([&] { return server.holding == 1; }));
  std::vector<RawClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(get("/ready"));
  }
  auto drained = std::async(std::launch::async, [&] { server.server().drain(patience); });
  server.let_go = true;
  int answered = 0;
  for (RawClient& client : clients) answered += client.receive().status == 200 ? 1 : 0;
  EXPECT_EQ(answered, 100);
  drained.get();
}

TEST(Drain, draining_ends_at_its_deadline) {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/hold"));
  ASSERT_TRUE(eventually([&] { return server.holding == 1; }));
  const auto started = std::chrono::steady_clock::now();
  server.server().drain(milliseconds(50));
  EXPECT_LT(std::chrono::steady_clock::now() - started, patience);
  // Eventually: another test's server may have been given the port for a moment.
  EXPECT_TRUE(eventually([&] { return !RawClient(server.port()).connected(); }));
}

TEST(Drain, a_server_that_is_destroyed_stops_at_once) {
  RawClient client = [] {
    TestServer server;
    RawClient made(server.port());
    made.send(get("/hold"));
    EXPECT_TRUE(eventually([&] { return server.holding == 1; }));
    return made;
  }();
  EXPECT_TRUE(client.ends());
}

TEST(Drain, draining_before_the_start_is_nothing) {
  Server server(1);
  EXPECT_TRUE(server.listen({}, Router{}));
  server.drain(milliseconds(1));
}

}  // namespace
}  // namespace passerelle::net
