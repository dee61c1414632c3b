// What the inbox does with copies of conversations: a turn begins from one only where it is the row's, and others get
// theirs after the COMMIT.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <map>

#include "inbox/inbox.hpp"
#include "support/demo.hpp"

namespace passerelle::inbox {
namespace {

using passerelle::testing::demo_content;
using passerelle::testing::memory_store;
using passerelle::testing::text_from;

// Shares with a test.
class OpenLive final : public live::Live {
 public:
  Task<std::vector<live::Looked>> look(std::vector<live::Asked> asked) override {
    std::vector<live::Looked> looked(asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (const auto found = copies.find(asked[i].who); found != copies.end()) looked[i].copy = found->second;
    }
    co_return looked;
  }
  void give_back(const std::string&) override {}
  bool shares() const override { return true; }
  void keep(const std::string& who, live::Copy copy) override { copies[who] = std::move(copy); }
  void publish(std::string news) override { published.push_back(std::move(news)); }
  void start(std::vector<Executor>) override {}
  void close() override {}
  std::string_view backend() const override { return "test"; }
  live::State state() const override { return live::State::up; }

  std::map<std::string, live::Copy> copies;
  std::vector<std::string> published;
};

class CopiesTest : public ::testing::Test {
 protected:
  // True: it was kept.
  bool say(const std::string& text) {
    io_.restart();
    std::vector<InboundMessage> messages{text_from("+41790000001", text, "SM" + std::to_string(++said_))};
    auto kept = boost::asio::co_spawn(io_, inbox_.take_missed("sms", std::move(messages)), boost::asio::use_future);
    io_.run();
    clock_.set(clock_.now() + std::chrono::minutes(1));
    return kept.get();
  }
  std::uint64_t used() { return live_.counters().used; }
  Conversation copied() { return passerelle::load_conversation(copy().bytes).value(); }
  live::Copy& copy() { return live_.copies.at("sms/+41790000001"); }

  boost::asio::io_context io_;  // outlives the writer, whose thread posts to it
  std::unique_ptr<store::Writer> writer_ = memory_store();
  ManualClock clock_{from_ms(1'806'300'000'000)};
  OpenLive live_;
  turns::ChannelBook channels_;
  Inbox inbox_{{*writer_, clock_, live_, [] { return demo_content(); }, channels_}};
  int said_ = 0;
};

TEST_F(CopiesTest, a_turn_begins_from_the_copy_that_the_last_one_left) {
  ASSERT_TRUE(say("Bonjour"));
  EXPECT_EQ(used(), 0u);
  ASSERT_TRUE(say("1"));
  EXPECT_EQ(used(), 1u);
  EXPECT_EQ(copy().version, 2u);
  EXPECT_EQ(copied().version, 2u);
}

TEST_F(CopiesTest, one_of_another_version_is_not_used) {
  ASSERT_TRUE(say("Bonjour"));
  const live::Copy old = copy();
  ASSERT_TRUE(say("1"));
  copy() = old;
  ASSERT_TRUE(say("1"));
  EXPECT_EQ(used(), 1u);
  EXPECT_EQ(copy().version, 3u) << "the row went on";
}

TEST_F(CopiesTest, one_of_the_same_version_from_another_time_is_not_used) {
  ASSERT_TRUE(say("Bonjour"));
  copy().saved_at -= std::chrono::milliseconds(1);
  ASSERT_TRUE(say("1"));
  EXPECT_EQ(used(), 0u) << "an older backup was restored: the same versions come again with other contents";
}

TEST_F(CopiesTest, one_that_cannot_be_read_is_not_used) {
  ASSERT_TRUE(say("Bonjour"));
  copy().bytes = "{";
  ASSERT_TRUE(say("1"));
  EXPECT_EQ(used(), 0u);
  EXPECT_EQ(copied().version, 2u);
}

TEST_F(CopiesTest, nothing_is_shared_that_was_not_committed) {
  writer_->stop();
  EXPECT_FALSE(say("Bonjour"));
  EXPECT_TRUE(live_.copies.empty());
  EXPECT_TRUE(live_.published.empty());
}

TEST_F(CopiesTest, a_repeated_message_is_no_news) {
  ASSERT_TRUE(say("Bonjour"));
  --said_;
  ASSERT_TRUE(say("Bonjour"));
  EXPECT_EQ(live_.published, std::vector<std::string>{R"({"inbound":["sms"]})"});
  EXPECT_EQ(copy().version, 1u);
}

}  // namespace
}  // namespace passerelle::inbox
