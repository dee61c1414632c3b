#include "net/response_reader.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

using State = ResponseReader::State;

constexpr ResponseLimits small{1024, 4096};

TEST(ResponseReader, reads_an_answer_byte_by_byte_as_it_reads_it_whole) {
  const std::string bytes =
      "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Two: a\r\nX-Two: b\r\nContent-Length: "
      "5\r\n\r\nhello";
  ResponseReader whole(small);
  ASSERT_EQ(whole.take(bytes), State::complete);
  ResponseReader slow(small);
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) ASSERT_EQ(slow.take(bytes.substr(i, 1)), State::more) << i;
  ASSERT_EQ(slow.take(bytes.substr(bytes.size() - 1)), State::complete);
  for (ResponseReader* reader : {&whole, &slow}) {
    EXPECT_TRUE(reader->keeps_alive());
    const HttpResponse response = reader->response();
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "hello");
    EXPECT_EQ(field(response.fields, "content-type"), "application/json");
    EXPECT_EQ(response.fields.size(), 4u);
  }
}

TEST(ResponseReader, reads_chunks_without_their_extensions_and_trailers) {
  ResponseReader reader(small);
  EXPECT_EQ(reader.take(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n"),
            State::complete);
  EXPECT_TRUE(reader.keeps_alive());
  EXPECT_EQ(reader.response().body, "abcde");
}

TEST(ResponseReader, an_answer_without_length_ends_with_the_connection) {
  ResponseReader reader(small);
  EXPECT_EQ(reader.take("HTTP/1.1 200 OK\r\n\r\nto the end"), State::more);
  EXPECT_EQ(reader.end(), State::complete);
  EXPECT_FALSE(reader.keeps_alive());
  EXPECT_EQ(reader.response().body, "to the end");
}

TEST(ResponseReader, a_cut_answer_is_broken) {
  for (const char* bytes :
       {"", "HTTP/1.1 2", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    ResponseReader reader(small);
    EXPECT_EQ(reader.take(bytes), State::more) << bytes;
    EXPECT_EQ(reader.end(), State::broken) << bytes;
  }
}

TEST(ResponseReader, interim_answers_are_skipped_and_other_protocols_refused) {
  ResponseReader reader(small);
  EXPECT_EQ(
      reader.take(
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"),
      State::complete);
  EXPECT_EQ(reader.response().status, 204);
  ResponseReader switching(small);
  EXPECT_EQ(switching.take("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"), State::broken);
}

TEST(ResponseReader, bytes_behind_an_answer_end_the_connection) {
  ResponseReader reader(small);
  EXPECT_EQ(reader.take("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n"), State::complete);
  EXPECT_FALSE(reader.keeps_alive());
}

TEST(ResponseReader, what_asks_to_close_closes) {
  ResponseReader reader(small);
  EXPECT_EQ(reader.take("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), State::complete);
  EXPECT_FALSE(reader.keeps_alive());
  ResponseReader old(small);
  EXPECT_EQ(old.take("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"), State::complete);
  EXPECT_FALSE(old.keeps_alive());
}

TEST(ResponseReader, every_limit_ends_the_answer) {
  const std::string long_field = "HTTP/1.1 200 OK\r\nX: " + std::string(2000, 'x') + "\r\n\r\n";
  const std::string long_body = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
  const std::string endless = "HTTP/1.1 200 OK\r\n\r\n" + std::string(5000, 'x');
  std::string interim;
  while (interim.size() < 10'000) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  std::string chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  while (chunks.size() < 10'000) chunks += "1;" + std::string(100, 'e') + "\r\na\r\n";
  std::string trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  while (trailers.size() < 200'000) trailers += "X-T: " + std::string(100, 't') + "\r\n";
  for (const std::string& bytes : {long_field, long_body, endless, interim, chunks, trailers}) {
    ResponseReader reader(small);
    EXPECT_EQ(reader.take(bytes), State::broken) << bytes.substr(0, 60);
    EXPECT_EQ(reader.take("more"), State::broken);
  }
}

TEST(ResponseReader, what_is_no_answer_is_broken) {
  for (const char* bytes : {"GET / HTTP/1.1\r\n\r\n", "HTTP/2 200\r\n\r\n", "\x16\x03\x01\x02\x01hello",
                            "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    ResponseReader reader(small);
    EXPECT_EQ(reader.take(bytes), State::broken) << bytes;
  }
}

}  // namespace
}  // namespace passerelle::net
