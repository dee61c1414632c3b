#include "unit/inbox/inbox_fixture.hpp"

namespace passerelle::inbox {
namespace {

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
