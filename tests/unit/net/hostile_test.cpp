// Requests that were made to break us, as raw bytes on a socket; after each of them a good one still gets its 200.
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "raw_client.hpp"

namespace passerelle::net {
namespace {

// Sends the bytes; the answer must have this status and an end of the connection, and the server must live on.
void expect_refusal(TestServer& server, std::string_view bytes, int status) {
  RawClient client(server.port());
  client.send(bytes);
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, status) << bytes.substr(0, 200);
  EXPECT_TRUE(answer.closes());
  EXPECT_EQ(answer.body, "");
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(client.pending(), 0u);  // and nothing was taken for a second request
  EXPECT_TRUE(server.answers());
}

std::string chunked(std::string_view fields, std::string_view body) {
  return "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + std::string(fields) +
         "\r\n" + std::string(body);
}

TEST(Hostile, a_chunked_trailer_of_200_kb) {
  TestServer server;
  const std::string trailer = "X-Trailer: " + std::string(200 * 1024, 'a') + "\r\n\r\n";
  expect_refusal(server, chunked("", "5\r\nhello\r\n0\r\n" + trailer), 411);
}

TEST(Hostile, a_chunk_extension_of_8_mb) {
  TestServer server;
  expect_refusal(server, chunked("", "5;" + std::string(8 << 20, 'x') + "\r\nhello\r\n0\r\n\r\n"), 411);
}

TEST(Hostile, undeclared_trailers_that_imitate_header_fields) {
  TestServer server;
  const std::string trailers =
      "0\r\nAuthorization: Bearer x\r\nX-Forwarded-For: 127.0.0.1\r\nHost: evil.example\r\n\r\n";
  expect_refusal(server, chunked("", trailers), 411);
}

TEST(Hostile, what_follows_a_body_never_becomes_a_field_of_its_request) {
  TestServer server;
  RawClient client(server.port());
  client.send(post("/fields", "hello") + "Authorization: Bearer x\r\n\r\n");
  EXPECT_EQ(client.receive().body, "Host;Content-Length;");
  EXPECT_EQ(client.receive().status, 400);
  EXPECT_TRUE(client.ends());
  EXPECT_TRUE(server.answers());
}

TEST(Hostile, transfer_codings_other_than_chunked) {
  TestServer server;
  for (const char* coding :
       {"chunked, identity", "xchunked", "identity", "gzip, chunked", "chunked\r\nTransfer-Encoding: identity"}) {
    expect_refusal(server,
                   "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: " + std::string(coding) +
                       "\r\n\r\n0\r\n\r\n" + get("/ready"),
                   400);
  }
}

TEST(Hostile, a_length_together_with_a_transfer_coding_in_both_orders) {
  TestServer server;
  const std::string start = "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\n";
  for (const char* coding : {"chunked", "xchunked"}) {
    const std::string field = "Transfer-Encoding: " + std::string(coding) + "\r\n";
    expect_refusal(server, start + field + "Content-Length: 5\r\n\r\n0\r\n\r\n" + get("/ready"), 400);
    expect_refusal(server, start + "Content-Length: 5\r\n" + field + "\r\n0\r\n\r\n" + get("/ready"), 400);
  }
}

TEST(Hostile, lengths_that_two_parsers_could_read_differently) {
  TestServer server;
  for (const char* length :
       {"5, 5", "+5", "-5", "5 5", "0x5", "", "5\r\nContent-Length: 5", "5\r\nContent-Length: 6"}) {
    expect_refusal(server,
                   "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::string(length) +
                       "\r\n\r\nhello" + get("/ready"),
                   400);
  }
}

TEST(Hostile, hosts_that_are_missing_doubled_or_foreign) {
  TestServer server;
  expect_refusal(server, "GET /ready HTTP/1.1\r\n\r\n", 400);
  expect_refusal(server, "GET /ready HTTP/1.0\r\n\r\n", 400);
  expect_refusal(server, "GET /ready HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400);
  expect_refusal(server, "GET /ready HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400);
  expect_refusal(server, "GET /ready HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421);
}

TEST(Hostile, five_thousand_fields) {
  TestServer server;
  std::string fields;
  for (int i = 0; i < 5000; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
  expect_refusal(server, get("/ready", fields), 431);
  expect_refusal(server, get("/hooks/sms", fields), 431);
}

TEST(Hostile, a_header_of_many_kilobytes_in_one_field) {
  TestServer server;
  expect_refusal(server, get("/ready", "X: " + std::string(9000, 'a') + "\r\n"), 431);
  expect_refusal(server, get("/hooks/sms", "X: " + std::string(25000, 'a') + "\r\n"), 431);
  expect_refusal(server, get("/ready", "X: " + std::string(4 << 20, 'a')), 431);
}

TEST(Hostile, folded_fields) {
  TestServer server;
  expect_refusal(server, get("/ready", "X-A: b\r\n c\r\n"), 400);
  expect_refusal(server,
                 "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400);
}

TEST(Hostile, targets_that_are_not_a_path) {
  TestServer server;
  for (const char* target :
       {"http://localhost/ready", "localhost:443", "*", "ready", "/caf\xC3\xA9", "/ready#top", "/a\x7f"}) {
    expect_refusal(server, "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
  }
  expect_refusal(server, get("/" + std::string(3000, 'a')), 414);
  expect_refusal(server, get("/hooks/sms?text=" + std::string(20000, 'a')), 414);
}

TEST(Hostile, methods_that_we_do_not_have) {
  TestServer server;
  for (const char* method : {"get", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "GETT"}) {
    RawClient client(server.port());
    client.send(std::string(method) + " /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const Answer answer = client.receive();
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_NE(answer.head.find("\r\nAllow: GET, POST\r\n"), std::string::npos);
    EXPECT_TRUE(client.ends());
  }
  EXPECT_TRUE(server.answers());
}

TEST(Hostile, http_1_0_with_chunks) {
  TestServer server;
  expect_refusal(server, "POST /hooks/sms HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 400);
}

TEST(Hostile, line_ends_and_bytes_that_do_not_belong) {
  TestServer server;
  expect_refusal(server, "GET /ready HTTP/1.1\nHost: localhost\n\n", 400);
  expect_refusal(server, "\r\n\r\n", 400);
  expect_refusal(server, get("/ready", std::string("X: a\0b\r\n", 8)), 400);
  expect_refusal(server, get("/ready", "X : a\r\n"), 400);
  expect_refusal(server, get("/ready", "no colon\r\n"), 400);
  expect_refusal(server, std::string(100000, 'A'), 400);
}

TEST(Hostile, a_tls_greeting) {
  TestServer server;
  const std::string_view hello("\x16\x03\x01\x00\x75\x01\x00\x00\x71\x03\x03\r\n\r\n\x00\xff", 17);
  expect_refusal(server, hello, 400);
}

TEST(Hostile, the_preface_of_http_2) {
  TestServer server;
  expect_refusal(server, std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00", 33), 400);
}

TEST(Hostile, a_body_over_the_limit_is_refused_before_it_is_read) {
  TestServer server;
  expect_refusal(server, post("/hooks/sms", std::string(65537, 'a')), 413);
  expect_refusal(server, post("/hooks/sms", std::string(5 << 20, 'a')), 413);
  expect_refusal(server,
                 "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                 400);  // over 64 bits
}

TEST(Hostile, an_unknown_expectation_and_a_post_without_length) {
  TestServer server;
  expect_refusal(server, post("/hooks/sms", "hello", "Expect: the worst\r\n"), 417);
  expect_refusal(server, "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\n\r\n", 411);
}

TEST(Hostile, a_peer_that_leaves_in_the_middle) {
  TestServer server;
  for (const char* part : {"", "GET /rea", "GET /ready HTTP/1.1\r\nHost: localhost\r\n",
                           "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhel"}) {
    RawClient client(server.port());
    client.send(part);
    client.finish_sending();
    EXPECT_EQ(client.receive().status, 0);
    EXPECT_TRUE(client.ends());
  }
  EXPECT_TRUE(server.answers());
  EXPECT_TRUE(eventually([&] { return server.server().counters().open == 0; }));
}

TEST(Hostile, three_hundred_half_open_requests_do_not_keep_a_good_one_waiting) {
  TestServer server;
  std::vector<RawClient> half_open;
  for (int i = 0; i < 300; ++i) {
    half_open.emplace_back(server.port());
    half_open.back().send(i % 2 == 0 ? "GET /ready HTTP/1.1\r\nHost: loc"
                                     : "POST /hooks/sms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe");
  }
  EXPECT_TRUE(server.answers());
  for (RawClient& client : half_open) EXPECT_TRUE(client.is_open());
}

TEST(Hostile, upgrades_are_ignored) {
  TestServer server;
  RawClient client(server.port());
  client.send(
      get("/ready", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
  EXPECT_EQ(client.receive().body, "ready");
  client.send(get("/ready", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"));
  EXPECT_EQ(client.receive().body, "ready");
}

}  // namespace
}  // namespace passerelle::net
