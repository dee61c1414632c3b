#include "net/response.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

std::string written(const HttpResponse& response, bool close = false) {
  std::string out = "left over";
  return write_response(response, close, out) ? out : "";
}

TEST(Response, a_bare_answer_tells_strangers_nothing) {
  EXPECT_EQ(written(bare(404), true),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\nCache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n\r\n");
}

TEST(Response, a_handler_may_set_the_protective_fields_itself) {
  const std::string out =
      written({200, {{"content-security-policy", "default-src 'self'"}, {"Cache-Control", "no-cache"}}, "x"});
  EXPECT_EQ(out,
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-Content-Type-Options: nosniff\r\n"
            "content-security-policy: default-src 'self'\r\nCache-Control: no-cache\r\n\r\nx");
}

TEST(Response, framing_is_not_the_handlers_business) {
  const std::string out =
      written({200, {{"Content-Length", "99"}, {"transfer-encoding", "chunked"}, {"Connection", "upgrade"}}, "four"});
  EXPECT_NE(out.find("Content-Length: 4\r\n"), std::string::npos);
  EXPECT_EQ(out.find("99"), std::string::npos);
  EXPECT_EQ(out.find("chunked"), std::string::npos);
  EXPECT_EQ(out.find("upgrade"), std::string::npos);
}

TEST(Response, no_content_has_neither_body_nor_length) {
  for (const int status : {204, 304}) {
    const std::string out = written({status, {}, "must not be sent"});
    EXPECT_EQ(out.find("Content-Length"), std::string::npos);
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
  }
}

TEST(Response, a_value_cannot_write_fields_of_its_own) {
  EXPECT_EQ(written({200, {{"X", "a\r\nSet-Cookie: b"}}, ""}), "");
  EXPECT_EQ(written({200, {{"X", "a\nb"}}, ""}), "");
  EXPECT_EQ(written({200, {{"X", std::string("a\0b", 3)}}, ""}), "");
  EXPECT_EQ(written({200, {{"X Y", "a"}}, ""}), "");
  EXPECT_EQ(written({200, {{"", "a"}}, ""}), "");
  EXPECT_NE(written({200, {{"X", "é\ta"}}, ""}), "");
}

TEST(Response, a_status_outside_the_final_ones_is_not_sent) {
  for (const int status : {0, 99, 100, 101, 600, -1}) EXPECT_EQ(written(bare(status)), "") << status;
}

}  // namespace
}  // namespace passerelle::net
