// Every wait of a connection has an end: silence, drips, slow handlers and readers that do not read.
#include <gtest/gtest.h>

#include <vector>

#include "raw_client.hpp"

namespace passerelle::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Sends 'piece' again and again, with a pause that is far below every limit, until the server has had enough.
Answer drip(RawClient& client, std::string_view piece) {
  const auto deadline = steady_clock::now() + patience;
  auto next = steady_clock::now();
  while (client.is_open() && client.pending() == 0 && steady_clock::now() < deadline) {
    if (steady_clock::now() >= next) {
      if (!client.send(piece)) break;
      next += milliseconds(10);
    }
    if (client.arrives()) break;
    std::this_thread::yield();
  }
  return client.receive();
}

TEST(Deadline, a_connection_that_says_nothing_is_closed) {
  Limits limits;
  limits.header_time = milliseconds(50);
  TestServer server(limits);
  RawClient client(server.port());
  EXPECT_EQ(client.receive().status, 0);
  EXPECT_TRUE(client.ends());
}

TEST(Deadline, a_header_that_drips_is_cut) {
  Limits limits;
  limits.header_time = milliseconds(400);
  TestServer server(limits);
  RawClient client(server.port());
  client.send("GET /ready HTTP/1.1\r\nHost: localhost\r\nX: ");
  EXPECT_EQ(drip(client, "a").status, 408);
  EXPECT_TRUE(client.ends());
  EXPECT_TRUE(server.answers());
}

TEST(Deadline, a_second_header_that_drips_is_cut_from_its_first_byte_on) {
  Limits limits;
  limits.header_time = milliseconds(400);
  TestServer server(limits);  // idle_time stays long
  RawClient client(server.port());
  client.send(get("/ready"));
  EXPECT_EQ(client.receive().status, 200);
  client.send("GET /r");
  EXPECT_EQ(drip(client, "E").status, 408);
  EXPECT_TRUE(client.ends());
}

TEST(Deadline, a_body_below_the_lowest_rate_is_cut_after_its_grace) {
  Limits limits;
  limits.body_grace = milliseconds(100);
  limits.body_rate = 100'000;
  TestServer server(limits);
  RawClient client(server.port());
  client.send("POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_EQ(drip(client, "a").status, 408);
  EXPECT_TRUE(client.ends());
  EXPECT_TRUE(server.answers());
}

TEST(Deadline, a_body_fast_enough_may_take_longer_than_its_grace) {
  Limits limits;
  limits.body_grace = milliseconds(400);
  limits.body_rate = 1;  // each byte buys a second
  TestServer server(limits);
  RawClient client(server.port());
  client.send("POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n");
  const auto started = steady_clock::now();
  EXPECT_EQ(drip(client, "a").body, std::string(60, 'a'));
  EXPECT_GT(steady_clock::now() - started, limits.body_grace);
}

TEST(Deadline, no_body_takes_longer_than_the_ceiling) {
  Limits limits;
  limits.body_rate = 1;
  limits.body_time = milliseconds(100);
  TestServer server(limits);
  RawClient client(server.port());
  client.send("POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_EQ(drip(client, "aaaa").status, 408);
  EXPECT_TRUE(client.ends());
}

TEST(Deadline, an_idle_connection_is_closed_without_an_answer) {
  Limits limits;
  limits.idle_time = milliseconds(50);
  TestServer server(limits);
  RawClient client(server.port());
  client.send(get("/ready"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive().status, 0);
  EXPECT_TRUE(client.ends());
}

TEST(Deadline, a_slow_handler_gets_503_and_its_request_lives_until_it_ends) {
  Limits limits;
  limits.handler_time = milliseconds(50);
  TestServer server(limits);
  RawClient client(server.port());
  client.send(get("/hold"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(answer.closes());
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(server.holding, 1);
  EXPECT_EQ(server.server().counters().open, 1u);
  server.let_go = true;
  EXPECT_TRUE(eventually([&] { return server.unwritten == 1 && server.server().counters().open == 0; }));
  EXPECT_EQ(server.written, 0);
  EXPECT_TRUE(server.answers());
}

TEST(Deadline, a_peer_that_does_not_read_its_answer_is_closed) {
  Limits limits;
  limits.write_time = milliseconds(100);
  TestServer server(limits);
  RawClient client(server.port());
  client.send(get("/large"));
  EXPECT_TRUE(eventually([&] { return server.server().counters().requests == 1; }));
  EXPECT_TRUE(eventually([&] { return server.server().counters().open == 0; }));
  EXPECT_TRUE(server.answers());
}

TEST(Deadline, drips_on_many_connections_are_all_cut_while_good_clients_are_served) {
  Limits limits;
  limits.header_time = milliseconds(600);
  TestServer server(limits);
  std::vector<RawClient> drips;
  for (int i = 0; i < 100; ++i) {
    drips.emplace_back(server.port());
    drips.back().send("GET /ready HTTP/1.1\r\nX: ");
  }
  EXPECT_TRUE(server.answers());
  for (RawClient& client : drips) EXPECT_TRUE(client.ends());
  EXPECT_TRUE(server.answers());
}

}  // namespace
}  // namespace passerelle::net
