#include "net/head.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

using State = HeadScanner::State;

const Limits limits;

struct Scan {
  State state = State::more;
  int status = 0;
  std::size_t size = 0;

  friend bool operator==(const Scan&, const Scan&) = default;
};

Scan scan_whole(std::string_view bytes) {
  HeadScanner scanner(limits);
  const State state = scanner.scan(bytes);
  return {state, scanner.status(), scanner.size()};
}

// As if each byte came in a packet of its own, until the scanner has decided.
Scan scan_dripping(std::string_view bytes) {
  HeadScanner scanner(limits);
  State state = State::more;
  for (std::size_t i = 1; i <= bytes.size() && state == State::more; ++i) state = scanner.scan(bytes.substr(0, i));
  return {state, scanner.status(), scanner.size()};
}

int refusal(std::string_view bytes) {
  const Scan scan = scan_whole(bytes);
  EXPECT_EQ(scan_dripping(bytes), scan) << bytes.substr(0, 100);
  return scan.state == State::refused ? scan.status : 0;
}

std::string lines(std::size_t count, std::string_view line) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += line;
  return all;
}

TEST(Head, ends_at_the_empty_line_and_what_follows_is_not_its_business) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(scan_whole(head + "\n\n body\r\n\r\n"), (Scan{State::complete, 0, head.size()}));
  EXPECT_EQ(scan_dripping(head), (Scan{State::complete, 0, head.size()}));
  EXPECT_EQ(scan_whole(head.substr(0, head.size() - 1)).state, State::more);
  EXPECT_EQ(scan_whole("").state, State::more);
}

TEST(Head, what_cannot_become_a_request_is_refused_at_once) {
  EXPECT_EQ(refusal(std::string("\x16\x03\x01\x02\x00\x01", 6)), 400);  // TLS
  EXPECT_EQ(refusal("\r\n"), 400);
  EXPECT_EQ(refusal(" GET / HTTP/1.1\r\n"), 400);
  EXPECT_EQ(refusal(std::string(40, 'A')), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n\n"), 400);
}

TEST(Head, folded_lines_are_refused) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), 400);
}

TEST(Head, too_many_lines_are_refused_before_they_end) {
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n" + lines(max_fields, "A: b\r\n") + "\r\n"), 0);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n" + lines(max_fields + 1, "A: b\r\n")), 431);
}

TEST(Head, a_long_block_is_refused_and_hooks_have_the_larger_limit) {
  const std::string field = "A: " + std::string(995, 'b') + "\r\n";  // 1,000 bytes
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n" + lines(8, field) + "\r\n"), 0);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n" + lines(9, field)), 431);
  EXPECT_EQ(refusal("POST /hooks/sms HTTP/1.1\r\n" + lines(24, field) + "\r\n"), 0);
  EXPECT_EQ(refusal("POST /hooks/sms HTTP/1.1\r\n" + lines(25, field)), 431);
  EXPECT_EQ(scan_whole("GET / HTTP/1.1\r\n" + lines(9, field) + "\r\n").status, 431);  // even when it came in one piece
}

TEST(Head, a_long_target_is_refused_before_its_end) {
  EXPECT_EQ(refusal("GET /" + std::string(limits.target + 20, 'a')), 414);
  EXPECT_EQ(refusal("GET /hooks/" + std::string(limits.target + 20, 'a')), 0);
  EXPECT_EQ(refusal("GET /hooks/" + std::string(limits.hook_target + 20, 'a')), 414);
}

TEST(Head, method_target_fields_and_version_are_read_exactly) {
  HttpRequest request;
  EXPECT_EQ(read_head("POST /a%20b?c=+d HTTP/1.1\r\nHost: x\r\nX-Two: \t b c \r\nx-two:\r\n\r\n", request),
            Version::http_1_1);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/a%20b?c=+d");
  ASSERT_EQ(request.fields.size(), 3u);
  EXPECT_EQ(request.fields[1].name, "X-Two");
  EXPECT_EQ(request.fields[1].value, "b c");
  EXPECT_EQ(request.fields[2].name, "x-two");
  EXPECT_EQ(request.fields[2].value, "");
}

TEST(Head, nothing_of_an_earlier_request_remains) {
  HttpRequest request;
  ASSERT_TRUE(read_head("POST /long/target HTTP/1.1\r\nHost: x\r\nAuthorization: secret\r\n\r\n", request));
  ASSERT_EQ(read_head("GET / HTTP/1.0\r\nHost: y\r\n\r\n", request), Version::http_1_0);
  EXPECT_EQ(request.target, "/");
  ASSERT_EQ(request.fields.size(), 1u);
  EXPECT_EQ(request.fields[0].value, "y");
}

TEST(Head, malformed_lines_are_refused) {
  HttpRequest request;
  for (const char* block :
       {"GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/1.2\r\n\r\n", "GET / http/1.1\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n", "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a\x01\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    EXPECT_FALSE(read_head(block, request)) << block;
  }
  EXPECT_FALSE(read_head(std::string_view("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 27), request));
}

}  // namespace
}  // namespace passerelle::net
