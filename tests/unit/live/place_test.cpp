#include "live/place.hpp"

#include <gtest/gtest.h>

namespace passerelle::live {
namespace {

RedisPlace redis(std::string_view text) {
  const auto place = read_place(text);
  EXPECT_TRUE(place.has_value()) << text;
  return place ? std::get<RedisPlace>(*place) : RedisPlace{};
}

TEST(Place, is_this_process_or_a_redis_by_its_address_or_its_socket) {
  EXPECT_EQ(read_place("embedded").value(), Place(Embedded{}));
  EXPECT_EQ(redis("redis://127.0.0.1"), (RedisPlace{"127.0.0.1", 6379, "", 0, ""}));
  EXPECT_EQ(redis("redis://127.0.0.1/"), (RedisPlace{"127.0.0.1", 6379, "", 0, ""}));
  EXPECT_EQ(redis("redis://127.0.0.1:6380/2"), (RedisPlace{"127.0.0.1", 6380, "", 2, ""}));
  EXPECT_EQ(redis("redis://server@192.0.2.7/15"), (RedisPlace{"192.0.2.7", 6379, "", 15, "server"}));
  EXPECT_EQ(redis("redis://[::1]:6380/2"), (RedisPlace{"::1", 6380, "", 2, ""}));
  EXPECT_EQ(redis("redis://[2001:db8::1]"), (RedisPlace{"2001:db8::1", 6379, "", 0, ""}));
  EXPECT_EQ(redis("unix:/run/redis/redis.sock"), (RedisPlace{"", 6379, "/run/redis/redis.sock", 0, ""}));
  EXPECT_EQ(redis("unix:/run/redis/redis.sock?db=2"), (RedisPlace{"", 6379, "/run/redis/redis.sock", 2, ""}));
}

TEST(Place, refuses_everything_else) {
  for (const std::string& text : {std::string(),
                                  std::string("memory"),
                                  std::string("Embedded"),
                                  std::string("redis://"),
                                  std::string("redis://localhost"),
                                  std::string("redis://127.0.0.1:0"),
                                  std::string("redis://127.0.0.1:65536"),
                                  std::string("redis://127.0.0.1:"),
                                  std::string("redis://127.0.0.1/x"),
                                  std::string("redis://127.0.0.1/-1"),
                                  std::string("redis://127.0.0.1/1/2"),
                                  std::string("redis://::1"),
                                  std::string("redis://[::1"),
                                  std::string("redis://[::1]6379"),
                                  std::string("redis://[127.0.0.1]"),
                                  std::string("redis://@127.0.0.1"),
                                  std::string("unix:redis.sock"),
                                  std::string("unix:/r.sock?"),
                                  std::string("unix:/r.sock?db="),
                                  std::string("unix:/r.sock?db=1&x=2"),
                                  "unix:/" + std::string(107, 'a'),
                                  std::string("rediss://127.0.0.1")}) {
    EXPECT_FALSE(read_place(text).has_value()) << text;
  }
}

TEST(Place, never_repeats_a_password) {
  for (const char* text : {"redis://:fiction@127.0.0.1", "redis://me:fiction@127.0.0.1", "redis://me:fiction@host"}) {
    const auto place = read_place(text);
    ASSERT_FALSE(place.has_value());
    EXPECT_NE(place.error().what.find("password_file"), std::string::npos);
    EXPECT_EQ(place.error().what.find("fiction"), std::string::npos);
  }
}

}  // namespace
}  // namespace passerelle::live
