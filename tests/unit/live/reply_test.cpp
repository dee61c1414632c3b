#include "live/reply.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

std::vector<Reply> read(std::string_view bytes) {
  ReplyReader reader;
  std::vector<Reply> replies;
  EXPECT_TRUE(reader.take(bytes, replies));
  return replies;
}

TEST(Reply, is_read_in_all_its_forms) {
  const auto replies = read("+PONG\r\n:-7\r\n$-1\r\n$5\r\na\r\nbc\r\n-OOM no memory\r\n*2\r\n:1\r\n$0\r\n\r\n");
  ASSERT_EQ(replies.size(), 6u);
  EXPECT_EQ(replies[0].text, "PONG");
  EXPECT_EQ(replies[1].number, -7);
  EXPECT_EQ(replies[2].kind, Reply::Kind::nil);
  EXPECT_EQ(replies[3].text, "a\r\nbc");
  EXPECT_FALSE(replies[4].is_ok());
  ASSERT_EQ(replies[5].items.size(), 2u);
  EXPECT_EQ(replies[5].items[1].kind, Reply::Kind::text);
}

TEST(Reply, is_read_in_any_pieces) {
  const std::string bytes = "*2\r\n$3\r\nabc\r\n*1\r\n:5\r\n+OK\r\n";
  ReplyReader reader;
  std::vector<Reply> replies;
  for (const char byte : bytes) ASSERT_TRUE(reader.take({&byte, 1}, replies));
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[0].items[1].items[0].number, 5);
  EXPECT_EQ(replies[1].text, "OK");
}

TEST(Reply, tells_of_an_error_only_a_word_that_is_fit_for_a_log) {
  EXPECT_EQ(read("-READONLY You can't write\r\n")[0].code(), "readonly");
  EXPECT_EQ(read("-NOAUTH\r\n")[0].code(), "noauth");
  EXPECT_EQ(read("-+41790000001 is unknown\r\n")[0].code(), "error");
  EXPECT_EQ(read("-AVERYLONGWORDTHATNOBODYKNOWS x\r\n")[0].code(), "error");
  EXPECT_EQ(read("-\r\n")[0].code(), "error");
}

TEST(Reply, beyond_a_megabyte_is_refused_before_it_has_arrived) {
  ReplyReader reader;
  std::vector<Reply> replies;
  ASSERT_TRUE(reader.take("$100000000\r\n", replies));
  const std::string piece(16 * 1024, 'a');
  std::size_t taken = 0;
  while (reader.take(piece, replies)) taken += piece.size();
  EXPECT_LE(taken, ReplyReader::longest);
  EXPECT_GT(taken, ReplyReader::longest / 2);
}

TEST(Reply, of_many_small_items_is_not_beyond_a_megabyte_in_sum) {
  ReplyReader reader;
  std::vector<Reply> replies;
  ASSERT_TRUE(reader.take("*1000\r\n", replies));
  const std::string item = "$4096\r\n" + std::string(4096, 'a') + "\r\n";
  int items = 0;
  while (items < 1000 && reader.take(item, replies)) ++items;
  EXPECT_LT(items, 300);
}

TEST(Reply, with_room_for_two_thousand_million_items_is_refused_and_costs_nothing) {
  for (const char* bytes : {"*2147483647\r\n", "*1025\r\n", "*1\r\n*99999\r\n", "*9223372036854775807\r\n"}) {
    ReplyReader reader;
    std::vector<Reply> replies;
    EXPECT_FALSE(reader.take(bytes, replies)) << bytes;
  }
}

TEST(Reply, that_is_none_is_refused) {
  for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n\r\n", "%1\r\n", ":abc\r\n", "$x\r\n", "\r\n"}) {
    ReplyReader reader;
    std::vector<Reply> replies;
    EXPECT_FALSE(reader.take(bytes, replies)) << bytes;
  }
}

TEST(Reply, commands_carry_any_bytes) {
  std::string bytes;
  append({"SET", std::string("a\0\r\n", 4), ""}, bytes);
  EXPECT_EQ(bytes, std::string("*3\r\n$3\r\nSET\r\n$4\r\na\0\r\n\r\n$0\r\n\r\n", 29));
}

}  // namespace
}  // namespace passerelle::live
