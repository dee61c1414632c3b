// Strangers who bring large bodies slowly do not keep gateways out that bring theirs at once.
#include "net/large_bodies.hpp"

#include <gtest/gtest.h>

#include <list>

#include "raw_client.hpp"

namespace passerelle::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Places : public ::testing::Test {
 protected:
  LargeBody& of(const std::string& peer) {
    const std::size_t number = bodies_.size();
    return bodies_.emplace_back(places_, peer, [this, number] { gone_.push_back(number); });
  }

  const LargeBodies::Instant now_{};
  LargeBodies places_{{seconds(2), 1000}};
  std::list<LargeBody> bodies_;
  std::vector<std::size_t> gone_;
};

TEST_F(Places, are_all_taken_by_bodies_that_come_as_fast_as_they_should) {
  EXPECT_TRUE(of("a").enter(2, now_));
  EXPECT_TRUE(of("a").enter(2, now_));
  EXPECT_FALSE(of("a").enter(2, now_ + seconds(2)));
  EXPECT_TRUE(gone_.empty());
}

TEST_F(Places, go_from_who_lags_to_who_comes) {
  of("a").enter(2, now_);
  LargeBody& slow = of("a");
  slow.enter(2, now_);
  bodies_.front().brought(3000);
  slow.brought(2999);
  EXPECT_TRUE(of("a").enter(2, now_ + seconds(5)));
  EXPECT_EQ(gone_, std::vector<std::size_t>{1}) << "three seconds were bought, and two are free";
  EXPECT_FALSE(of("a").enter(2, now_ + seconds(5))) << "the newcomer's time begins now";
}

TEST_F(Places, are_shared_between_peers_however_fast_one_of_them_is) {
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(of("greedy").enter(4, now_ + milliseconds(i)));
  EXPECT_TRUE(of("gateway").enter(4, now_ + milliseconds(9)));
  EXPECT_EQ(gone_, std::vector<std::size_t>{0});
  EXPECT_TRUE(of("gateway").enter(4, now_ + milliseconds(9)));
  EXPECT_FALSE(of("gateway").enter(4, now_ + milliseconds(9))) << "two and two: its share";
}

TEST_F(Places, are_not_taken_from_a_body_that_is_being_answered) {
  LargeBody& whole = of("a");
  whole.enter(1, now_);
  whole.is_whole();
  EXPECT_FALSE(of("b").enter(1, now_ + seconds(60)));
  EXPECT_TRUE(gone_.empty());
}

class LargeBatches : public ::testing::Test {
 protected:
  LargeBatches() {
    limits_.large_grace = milliseconds(50);
    limits_.large_rate = 1u << 20;
    settings_.body = 4 * limits_.body;
    settings_.large_bodies = 2;
  }
  std::string batch() const { return post("/hooks/chat", std::string(settings_.body, 'a')); }

  Limits limits_;
  ListenerSettings settings_;
};

TEST_F(LargeBatches, are_taken_though_strangers_announce_as_many_and_bring_little) {
  TestServer server(limits_, settings_);
  std::vector<RawClient> strangers;
  for (int i = 0; i < 20; ++i) strangers.emplace_back(server.port()).send(batch().substr(0, limits_.body));
  RawClient gateway(server.port());
  gateway.send(batch());
  EXPECT_EQ(gateway.receive().status, 200) << "what is only announced takes no place";
}

TEST_F(LargeBatches, are_taken_though_strangers_stop_in_the_middle_of_theirs) {
  TestServer server(limits_, settings_);
  std::vector<RawClient> strangers;
  for (int i = 0; i < 2; ++i) strangers.emplace_back(server.port()).send(batch().substr(0, limits_.body + 4096));
  ASSERT_TRUE(eventually([&] {
    RawClient gateway(server.port());
    gateway.send(batch());
    return gateway.receive().status == 200;
  }));
  ASSERT_TRUE(eventually([&] {  // one of them had to go, and is told to come again
    return strangers[0].arrives() || strangers[1].arrives();
  }));
  RawClient& gone = strangers[0].pending() > 0 ? strangers[0] : strangers[1];
  EXPECT_EQ(gone.receive().status, 503);
}

}  // namespace
}  // namespace passerelle::net
