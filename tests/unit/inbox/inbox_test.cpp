#include "inbox/inbox.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>

#include "store/inbound.hpp"
#include "store/outbound.hpp"
#include "support/demo.hpp"

namespace passerelle::inbox {
namespace {

using passerelle::testing::demo_content;
using passerelle::testing::memory_store;

// Reads "id text" from the body and answers with the texts, one a line.
class FakeChannel final : public Channel {
 public:
  explicit FakeChannel(bool authenticated = true) : authenticated_(authenticated) {}
  Traits traits() const override {
    Traits traits;
    traits.authenticated = authenticated_;
    traits.inline_replies = true;
    return traits;
  }
  Webhook read(const HttpRequest& request, TimePoint) const override {
    if (request.body == "forged") return Rejected{403, "signature"};
    if (request.method == "GET") return Handshake{{200, {}, "challenge"}};
    Events events;
    const auto space = request.body.find(' ');
    InboundMessage message;
    message.from = {"sms", "+41790000001"};
    message.provider_id = request.body.substr(0, space);
    message.text = request.body.substr(space + 1);
    events.messages.push_back(message);
    return events;
  }
  HttpResponse answer(const Events&, std::span<const OutboundMessage> replies) const override {
    HttpResponse response;
    for (const OutboundMessage& reply : replies) response.body += reply.ref + " " + reply.text + "\n";
    return response;
  }

 private:
  bool authenticated_;
};

class InboxTest : public ::testing::Test {
 protected:
  HttpResponse receive(const Channel& channel, const HttpRequest& request) {
    io_.restart();
    auto answer = boost::asio::co_spawn(io_, inbox_.receive(channel, name_, request), boost::asio::use_future);
    io_.run();
    return answer.get();
  }
  bool take_missed(std::vector<InboundMessage> messages) {
    io_.restart();
    auto kept = boost::asio::co_spawn(io_, inbox_.take_missed(name_, std::move(messages)), boost::asio::use_future);
    io_.run();
    return kept.get();
  }
  static InboundMessage missed(const std::string& id, const std::string& text) {
    InboundMessage message;
    message.from = {"sms", "+41790000001"};
    message.provider_id = id;
    message.text = text;
    return message;
  }
  static HttpRequest post(const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/hooks/sms";
    request.body = body;
    request.peer = "127.0.0.1";
    request.peer_is_loopback = true;
    return request;
  }
  store::OutboundCounts outbound() {
    store::OutboundCounts counts;
    const auto done = store::transact_now(*writer_, [&](store::Transaction& t) { counts = store::count_outbound(t); });
    EXPECT_TRUE(done.has_value());
    return counts;
  }

  // Marks are bulk jobs, done in order: when a later one is finished, so are they.
  void wait_for_marks() {
    struct Last final : store::Job {
      explicit Last(std::promise<void>& p) : done(p) {}
      void run(store::Transaction&) override {}
      void finished(store::Failure, const std::string&) noexcept override { done.set_value(); }
      std::promise<void>& done;
    };
    std::promise<void> done;
    writer_->submit(store::Lane::bulk, std::make_unique<Last>(done));
    done.get_future().wait();
  }

  boost::asio::io_context io_;  // outlives the writer, whose thread posts to it
  const std::string name_ = "sms";
  std::unique_ptr<store::Writer> writer_ = memory_store();
  ManualClock clock_{from_ms(1'806'300'000'000)};
  std::unique_ptr<live::Live> live_ = live::make({live::Embedded{}, 20, {}, {}});
  turns::ChannelBook channels_;
  Inbox inbox_{{*writer_, clock_, *live_, [] { return demo_content(); }, channels_}};
};

TEST_F(InboxTest, answers_a_message_once_it_is_committed) {
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.body.empty());
  EXPECT_EQ(outbound().queued, 1) << "not sent before the answer is written";
}

TEST_F(InboxTest, an_inline_reply_is_sent_once_its_answer_was_written) {
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  ASSERT_TRUE(response.answered);
  response.answered(true);
  wait_for_marks();
  EXPECT_EQ(outbound().sent, 1);
}

TEST_F(InboxTest, an_answer_that_could_not_be_written_is_uncertain) {
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  response.answered(false);
  wait_for_marks();
  EXPECT_EQ(outbound().uncertain, 1);
  EXPECT_EQ(outbound().sent, 0);
}

TEST_F(InboxTest, an_answer_later_than_the_gateway_listens_is_uncertain) {
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  clock_.set(clock_.now() + std::chrono::seconds(11));
  response.answered(true);
  wait_for_marks();
  EXPECT_EQ(outbound().uncertain, 1);
  EXPECT_EQ(outbound().sent, 0);
}

TEST_F(InboxTest, a_repeated_webhook_makes_an_uncertain_answer_sent) {
  receive(FakeChannel(), post("SM1 Bonjour")).answered(false);
  wait_for_marks();
  receive(FakeChannel(), post("SM1 Bonjour")).answered(true);
  wait_for_marks();
  EXPECT_EQ(outbound().sent, 1);
}

TEST_F(InboxTest, a_repeated_webhook_gets_the_same_bytes) {
  const HttpResponse first = receive(FakeChannel(), post("SM1 Bonjour"));
  clock_.set(clock_.now() + std::chrono::hours(3));
  EXPECT_EQ(receive(FakeChannel(), post("SM1 Bonjour")).body, first.body);
  EXPECT_EQ(outbound().total, 1);
}

TEST_F(InboxTest, a_forged_webhook_learns_nothing) {
  const HttpResponse response = receive(FakeChannel(), post("forged"));
  EXPECT_EQ(response.status, 403);
  EXPECT_TRUE(response.body.empty());
  EXPECT_EQ(outbound().total, 0);
}

TEST_F(InboxTest, a_channel_without_authentication_hears_only_this_machine) {
  HttpRequest far = post("SM1 Bonjour");
  far.peer = "192.0.2.1";
  far.peer_is_loopback = false;
  EXPECT_EQ(receive(FakeChannel(false), far).status, 403);
  HttpRequest forwarded = post("SM1 Bonjour");
  forwarded.fields.push_back({"X-Forwarded-For", "192.0.2.1"});
  EXPECT_EQ(receive(FakeChannel(false), forwarded).status, 403);
  EXPECT_EQ(receive(FakeChannel(false), post("SM1 Bonjour")).status, 200);
}

TEST_F(InboxTest, a_flooding_sender_is_stored_and_no_longer_answered) {
  for (int i = 0; i < 25; ++i)
    receive(FakeChannel(), post("SM" + std::to_string(i) + " " + (i == 1 ? "1" : "Bonjour")));
  EXPECT_EQ(outbound().total, 4) << "three answers, and one that says a person will read it";
  const auto done =
      store::transact_now(*writer_, [](store::Transaction& t) { EXPECT_EQ(store::count_inbound(t).total, 25); });
  EXPECT_TRUE(done.has_value());
}

TEST_F(InboxTest, a_handshake_is_passed_on) {
  HttpRequest get = post("");
  get.method = "GET";
  EXPECT_EQ(receive(FakeChannel(), get).body, "challenge");
}

TEST_F(InboxTest, a_stopped_store_is_a_503_that_brings_the_webhook_again) {
  writer_->stop();
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(field(response.fields, "Retry-After"), "5");
}

TEST_F(InboxTest, replies_that_cannot_travel_inline_wait_in_the_outbox) {
  channels_["sms"] = {{}, true, false};
  const HttpResponse response = receive(FakeChannel(), post("1 Bonjour"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_FALSE(response.answered);
  EXPECT_EQ(outbound().queued, 1);
  EXPECT_EQ(receive(FakeChannel(), post("1 Bonjour")).body, "") << "a repeat";
  EXPECT_EQ(outbound().total, 1);
}

TEST_F(InboxTest, a_missed_message_is_answered_through_the_api_and_once_whoever_brings_it_again) {
  channels_["sms"] = {{}, true, true};
  ASSERT_TRUE(take_missed({missed("1", "Bonjour"), missed("2", "1")}));
  EXPECT_EQ(outbound().queued, 2);
  EXPECT_EQ(receive(FakeChannel(), post("1 Bonjour")).body, "") << "the webhook came after all";
  ASSERT_TRUE(take_missed({missed("1", "Bonjour"), missed("3", "2")}));
  EXPECT_EQ(outbound().total, 3);
  clock_.set(clock_.now() + std::chrono::seconds(10));  // no flood
  EXPECT_NE(receive(FakeChannel(), post("4 Bonjour")).body, "") << "what a webhook brings is answered inline";
}

TEST_F(InboxTest, a_stopped_store_keeps_no_missed_message) {
  writer_->stop();
  EXPECT_FALSE(take_missed({missed("1", "Bonjour")}));
}

}  // namespace
}  // namespace passerelle::inbox
