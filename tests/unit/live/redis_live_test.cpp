#include "live/redis_live.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/timer.hpp"
#include "fake_redis.hpp"
#include "support/io_room.hpp"

namespace passerelle::live {
namespace {

using passerelle::testing::FakeRedis;

const TimePoint noon = from_ms(1'800'000'000'000);
const std::string who = "sms/+41790000001";

class RedisLiveTest : public ::testing::Test {
 protected:
  ~RedisLiveTest() override {
    if (live_) live_->close();
  }

  void start(std::int64_t flood = 5) {
    live_ = make({redis_.place(), flood, Secret(), Secret(std::string(32, 'k'))});
    live_->start({room_.executor()});
  }
  void start_well(std::int64_t flood = 5) {
    start(flood);
    ASSERT_TRUE(room_.until([this] { return live_->state() == State::up; }));
  }
  Looked look(const std::string& whom = who) { return room_.run(live_->look({{whom, noon}})).at(0); }
  // Keeps what it is given, as the real one does.
  std::string keeping(const Command& command) {
    if (command[0] == "SET") kept_[command[1]] = command[2];
    if (command[0] != "GET" || !kept_.contains(command[1])) return FakeRedis::well(command);
    const std::string& value = kept_[command[1]];
    return "$" + std::to_string(value.size()) + "\r\n" + value + "\r\n";
  }

  passerelle::testing::IoRoom room_;
  std::map<std::string, std::string> kept_;
  FakeRedis redis_{room_.context(), [this](const Command& command) { return keeping(command); }};
  std::unique_ptr<Live> live_;
};

TEST_F(RedisLiveTest, brings_a_copy_back_with_the_flood_limit_in_one_round_trip) {
  start_well();
  live_->keep(who, {7, noon, "state"});
  ASSERT_TRUE(room_.until([this] { return live_->counters().kept == 1; }));
  const Looked looked = look();
  EXPECT_FALSE(looked.flooding);
  EXPECT_EQ(looked.copy, (Copy{7, noon, "state"}));
  const auto& heard = redis_.commands();
  ASSERT_GE(heard.size(), 2u);
  EXPECT_EQ(heard[heard.size() - 2][0], "EVAL");
  EXPECT_EQ(heard.back()[0], "GET");
}

TEST_F(RedisLiveTest, chooses_its_database_and_gives_copies_an_end) {
  start_well();
  live_->keep(who, {7, noon, "state"});
  ASSERT_TRUE(room_.until([this] { return live_->counters().kept == 1; }));
  EXPECT_EQ(redis_.commands().front(), (Command{"SELECT", "3"}));
  EXPECT_EQ(redis_.commands().back()[3], "PX");
  EXPECT_EQ(redis_.commands().back()[4], "3600000");
}

TEST_F(RedisLiveTest, tells_redis_no_number_and_no_word) {
  start_well();
  live_->keep(who, {7, noon, "Selam asks for a bed"});
  ASSERT_TRUE(room_.until([this] { return live_->counters().kept == 1; }));
  look();
  for (const Command& command : redis_.commands()) {
    for (const std::string& word : command) {
      EXPECT_EQ(word.find("4179"), std::string::npos) << word;
      EXPECT_EQ(word.find("Selam"), std::string::npos) << word;
    }
  }
}

TEST_F(RedisLiveTest, believes_the_shared_bucket_and_its_own) {
  redis_.says([](const Command& command) { return command[0] == "EVAL" ? ":0\r\n" : FakeRedis::well(command); });
  start_well(2);
  EXPECT_TRUE(look().flooding) << "others have answered already";
  redis_.says(FakeRedis::well);
  EXPECT_FALSE(look().flooding);
  EXPECT_TRUE(look().flooding) << "Redis may have been emptied: ours is empty, too";
}

TEST_F(RedisLiveTest, without_a_limit_asks_for_no_bucket) {
  start_well(0);
  look();
  EXPECT_EQ(redis_.commands().back()[0], "GET");
  for (const Command& command : redis_.commands()) EXPECT_NE(command[0], "EVAL");
}

TEST_F(RedisLiveTest, goes_on_without_one_that_says_nothing_and_comes_back_when_it_speaks) {
  start_well();
  redis_.says([](const Command&) { return std::string(); });
  EXPECT_FALSE(look().copy.has_value());
  EXPECT_EQ(live_->counters().late, 1u);
  look();
  EXPECT_EQ(live_->counters().without, 1u) << "nobody waits a second time";
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::down; }));
  redis_.says(FakeRedis::well);
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::up; }));
  look();
  EXPECT_EQ(live_->counters().answered, 1u);
}

TEST_F(RedisLiveTest, one_late_answer_costs_one_look_and_no_connection) {
  start_well();
  std::string owed;
  redis_.says([&owed](const Command& command) {
    owed += FakeRedis::well(command);
    return std::string();
  });
  look();
  EXPECT_EQ(live_->counters().late, 1u);
  redis_.says([&owed](const Command& command) { return std::exchange(owed, {}) + FakeRedis::well(command); });
  live_->keep(who, {7, noon, "state"});
  ASSERT_TRUE(room_.until([this] { return live_->counters().kept == 1; })) << "what came late is passed over";
  look();
  EXPECT_EQ(live_->counters().answered, 1u);
  EXPECT_EQ(live_->counters().connected, 1u);
}

TEST_F(RedisLiveTest, gives_up_a_connection_on_which_a_copy_is_not_taken_in_time) {
  start_well();
  redis_.says([](const Command&) { return std::string(); });
  live_->keep(who, {7, noon, "state"});
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::down; }));
}

Task<void> write_on(Live& live) {
  for (int i = 0; i < 1'000 && live.state() == State::up; ++i) {
    co_await live.look({{who, noon}});
    co_await wait_for(std::chrono::milliseconds(5));
  }
}

TEST_F(RedisLiveTest, gives_up_one_that_always_takes_longer_than_people_wait_until_it_is_quick_again) {
  start_well();
  redis_.takes(std::chrono::milliseconds(60));
  spawn(room_.executor(), write_on(*live_));
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::down; }));
  EXPECT_GE(live_->counters().late, 5u);
  const std::uint64_t late = live_->counters().late;
  look();
  EXPECT_EQ(live_->counters().late, late) << "nobody waits for it any more";
  redis_.takes(std::chrono::milliseconds(0));
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::up; }));
}

TEST_F(RedisLiveTest, survives_one_that_hangs_up_and_one_that_is_gone) {
  start_well();
  redis_.hang_up();
  ASSERT_TRUE(room_.until([this] { return live_->counters().connected == 2; }));
  redis_.hang_up(true);
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::down; }));
  EXPECT_FALSE(look().flooding);
  EXPECT_FALSE(look().copy.has_value());
}

TEST_F(RedisLiveTest, ends_a_connection_that_talks_nonsense_and_not_the_server) {
  for (const char* nonsense : {"HTTP/1.1 200 OK\r\n\r\n", "*2147483647\r\n", "+OK\r\n+nobody asked\r\n+for this\r\n"}) {
    redis_.says(FakeRedis::well);
    start_well();
    redis_.says([nonsense](const Command&) { return nonsense; });
    EXPECT_FALSE(look().copy.has_value()) << nonsense;
    ASSERT_TRUE(room_.until([this] { return live_->state() == State::down; })) << nonsense;
    live_->close();
  }
}

TEST_F(RedisLiveTest, does_not_use_one_that_refuses_us) {
  redis_.says([](const Command& command) {
    return command[0] == "SELECT" ? "-NOAUTH Authentication required.\r\n" : FakeRedis::well(command);
  });
  start();
  ASSERT_TRUE(room_.until([this] { return redis_.commands().size() >= 2; })) << "it tries again";
  EXPECT_EQ(live_->state(), State::down);
  look();
  EXPECT_EQ(live_->counters().without, 1u);
}

TEST_F(RedisLiveTest, says_why_it_cannot_be_reached) {
  const auto why = [this](const RedisPlace& place) {
    return room_.run(RedisConnection::open(place, std::chrono::seconds(10))).why;
  };
  const RedisPlace closed = redis_.place();
  redis_.hang_up(true);
  EXPECT_EQ(why(closed), "refused");
  EXPECT_EQ(why({"", 0, "/no/such/socket", 0, ""}), "no_socket");
}

TEST_F(RedisLiveTest, signs_in_before_anything_else) {
  RedisPlace place = redis_.place();
  place.user = "server";
  live_ = make({place, 5, Secret("fiction"), Secret()});
  live_->start({room_.executor()});
  ASSERT_TRUE(room_.until([this] { return live_->state() == State::up; }));
  EXPECT_EQ(redis_.commands().front(), (Command{"AUTH", "server", "fiction"}));
}

TEST_F(RedisLiveTest, one_that_writes_nothing_limits_nothing_and_is_told_apart) {
  start_well();
  redis_.says([](const Command& command) {
    return command[0] == "EVAL" || command[0] == "SET" ? "-OOM command not allowed\r\n" : FakeRedis::well(command);
  });
  EXPECT_FALSE(look().flooding);
  EXPECT_EQ(live_->state(), State::refusing);
  live_->keep(who, {7, noon, "state"});
  ASSERT_TRUE(room_.until([this] { return live_->counters().refused == 1; }));
}

TEST_F(RedisLiveTest, a_copy_that_somebody_else_wrote_is_none) {
  start_well();
  redis_.says([](const Command& command) { return command[0] == "GET" ? "$3\r\nabc\r\n" : FakeRedis::well(command); });
  EXPECT_FALSE(look().copy.has_value());
  redis_.says([](const Command& command) {
    return command[0] == "GET" ? "-WRONGTYPE Operation against a key\r\n" : FakeRedis::well(command);
  });
  EXPECT_FALSE(look().copy.has_value());
  EXPECT_EQ(live_->counters().unreadable, 2u);
}

TEST_F(RedisLiveTest, a_backlog_is_not_looked_up_but_its_flood_is_seen) {
  start_well(1);
  const std::vector<Asked> asked(RedisLive::most_at_once + 1, {who, noon});
  const auto looked = room_.run(live_->look(asked));
  ASSERT_EQ(looked.size(), asked.size());
  EXPECT_FALSE(looked.front().flooding);
  EXPECT_TRUE(looked.back().flooding);
  EXPECT_EQ(live_->counters().without, 1u);
}

TEST_F(RedisLiveTest, what_waits_to_be_kept_has_an_end) {
  start_well();
  for (std::size_t i = 0; i < RedisLive::most_on_the_way + 10; ++i) live_->keep(who, {i, noon, "state"});
  EXPECT_EQ(live_->counters().dropped, 10u);
}

TEST_F(RedisLiveTest, tells_news_to_whoever_listens) {
  start_well();
  live_->publish(R"({"outbound":["sms"]})");
  ASSERT_TRUE(room_.until([this] { return redis_.commands().back()[0] == "PUBLISH"; }));
  EXPECT_EQ(redis_.commands().back(), (Command{"PUBLISH", "passerelle:feed", R"({"outbound":["sms"]})"}));
}

TEST_F(RedisLiveTest, tells_the_same_news_once_for_all_who_had_them_at_the_same_time) {
  start_well();
  for (int i = 0; i < 5; ++i) {
    for (const char* news : {"a", "b", "c"}) live_->publish(news);
  }
  ASSERT_TRUE(room_.until([this] { return redis_.commands().back() == Command{"PUBLISH", "passerelle:feed", "c"}; }));
  const auto told = [this] {
    return std::ranges::count_if(redis_.commands(), [](const Command& one) { return one[0] == "PUBLISH"; });
  };
  EXPECT_EQ(told(), 3);
  live_->publish("a");
  EXPECT_TRUE(room_.until([&] { return told() == 4; })) << "later it is news again";
}

}  // namespace
}  // namespace passerelle::live
