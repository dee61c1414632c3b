// A gateway that wants a sign-in: one at a time, before anything is leased; renewed in time and after a 401; and while
// there is none, messages wait.
#include "outbox/sign_in.hpp"

#include "store/channel_state.hpp"
#include "unit/outbox/rig.hpp"

namespace passerelle::outbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Token token_of(seconds lifetime) { return {Secret("t"), lifetime}; }

TEST(SignIn, a_token_is_renewed_shortly_before_its_end_and_used_for_a_day_at_most) {
  SignIn signing;
  EXPECT_FALSE(signing.has_fresh(morning));
  signing.got(token_of(hours(1)), morning, morning + seconds(3));
  EXPECT_TRUE(signing.has_fresh(morning + minutes(59) - seconds(1)));
  EXPECT_FALSE(signing.has_fresh(morning + minutes(59))) << "counted from when it was asked for";
  EXPECT_NE(signing.token(), nullptr) << "a request that was begun may still carry it";
  signing.got(token_of(hours(24 * 90)), morning, morning);
  EXPECT_FALSE(signing.has_fresh(morning + hours(24)));
  signing.got(token_of(seconds(0)), morning, morning);
  EXPECT_TRUE(signing.has_fresh(morning + hours(23))) << "no lifetime was told";
  signing.got(token_of(seconds(1)), morning, morning + seconds(5));
  EXPECT_TRUE(signing.has_fresh(morning + seconds(14))) << "else it would be asked for again without end";
}

TEST(SignIn, where_a_renewal_fails_the_old_token_serves_to_its_end) {
  SignIn signing;
  signing.got(token_of(hours(1)), morning, morning);
  const TimePoint close = morning + minutes(59);
  EXPECT_FALSE(signing.has_fresh(close)) << "the time to ask for the next one";
  signing.failed(seconds(20), close, 0);
  EXPECT_TRUE(signing.has_fresh(close + seconds(19))) << "nobody waits for the next try";
  EXPECT_FALSE(signing.has_fresh(close + seconds(20)));
  signing.failed(minutes(5), close + seconds(20), 0);
  EXPECT_TRUE(signing.has_fresh(close + seconds(59)));
  EXPECT_FALSE(signing.has_fresh(close + minutes(1)));
}

TEST(SignIn, a_second_401_in_a_row_is_the_gateway_s_word) {
  SignIn signing;
  signing.got(token_of(hours(1)), morning, morning);
  const auto first = signing.number();
  EXPECT_TRUE(signing.is_over(first, morning));
  EXPECT_TRUE(signing.is_over(first, morning)) << "of another request that carried the same";
  signing.got(token_of(hours(1)), morning, morning);
  EXPECT_TRUE(signing.is_over(first, morning)) << "and of one that was late";
  EXPECT_TRUE(signing.has_fresh(morning)) << "which says nothing of the new one";
  EXPECT_FALSE(signing.is_over(signing.number(), morning));
  EXPECT_EQ(signing.next_try(), morning + minutes(1));
  signing.got(token_of(hours(1)), morning, morning);
  signing.accepted(signing.number());
  EXPECT_TRUE(signing.is_over(signing.number(), morning)) << "it was good for something";
}

TEST(SignIn, pauses_grow_to_a_minute_and_the_gateway_may_ask_for_more) {
  SignIn signing;
  for (int i = 0; i < 5; ++i) {
    signing.failed(seconds(0), morning, 0);
    EXPECT_EQ(signing.next_try(), morning + seconds(1));
  }
  signing.failed(seconds(0), morning, 0);
  EXPECT_EQ(signing.next_try(), morning + minutes(1)) << "also where chance would have it sooner";
  signing.failed(minutes(20), morning, 0);
  EXPECT_EQ(signing.next_try(), morning + minutes(20));
  signing.failed(hours(30), morning, 0);
  EXPECT_EQ(signing.next_try(), morning + hours(1));
  EXPECT_TRUE(signing.is_failing());
  signing.got(token_of(hours(1)), morning, morning);
  EXPECT_FALSE(signing.is_failing());
}

// Tokens are "t1", "t2", …; only 'good' is known to the gateway.
class SignInTest : public Rig {
 protected:
  SignInTest() {
    channel_ = GatewayChannel({false, false, std::string(api_url), true});
    transport_.script = [this](const auto& request, std::size_t) -> Exchange {
      if (request.ref == "sign-in") return give();
      return request.carried == good_ ? HttpResponse{200, {}, "SM" + request.ref} : status(401);
    };
  }
  Exchange give() {
    if (refusal_) return *refusal_;
    good_ = "t" + std::to_string(++given_);
    return HttpResponse{200, {}, good_};
  }
  std::size_t sign_ins() const { return transport_.times("sign-in"); }

  std::string good_;
  int given_ = 0;
  std::optional<Exchange> refusal_;
};

TEST_F(SignInTest, one_token_carries_all_messages_of_its_hour) {
  start();
  EXPECT_EQ(sign_ins(), 0U) << "nothing waits";
  queue(40, {});
  wait();
  EXPECT_EQ(in_state("sent"), 40);
  EXPECT_EQ(sign_ins(), 1U);
  EXPECT_EQ(transport_.requests.size(), 41U);
  at(morning + minutes(58));
  queue({});
  wait();
  EXPECT_EQ(sign_ins(), 1U);
  at(morning + minutes(59));
  queue(5, {});
  wait();
  EXPECT_EQ(sign_ins(), 2U) << "renewed before the gateway refuses it";
  EXPECT_EQ(in_state("sent"), 46);
  EXPECT_EQ(count("SELECT max(attempt) FROM outbound WHERE state = ?1", "sent"), 1);
}

TEST_F(SignInTest, nothing_is_leased_while_a_token_is_asked_for) {
  transport_.held.insert("sign-in");
  const std::string ref = queue({"", MessageClass::crisis});
  start_only();
  ASSERT_TRUE(room_->until([this] { return sign_ins() == 1; }));
  queue(5, {});
  EXPECT_FALSE(outbox_->idle());
  room_->context().restart();
  room_->context().run_for(std::chrono::milliseconds(20));
  EXPECT_EQ(count("SELECT count(*) FROM outbound WHERE leased_until IS NOT NULL AND state = ?1", "queued"), 0);
  crash();
  transport_.held.clear();
  start();
  EXPECT_EQ(in_state("uncertain"), 0) << "a crash meanwhile leaves no doubt";
  EXPECT_EQ(transport_.times(ref), 1U);
  EXPECT_EQ(in_state("sent"), 6);
}

TEST_F(SignInTest, a_token_that_is_revoked_is_renewed_once_and_nothing_is_sent_twice) {
  queue(8, {});
  start();
  good_ = "revoked";
  const std::vector<std::string> refs = queue(20, {});
  wait();
  EXPECT_EQ(sign_ins(), 2U) << "however many requests were refused";
  EXPECT_EQ(in_state("sent"), 28);
  for (const std::string& ref : refs) EXPECT_LE(transport_.times(ref), 2U);
  EXPECT_EQ(count("SELECT max(attempt) FROM outbound WHERE state = ?1", "sent"), 1)
      << "an old token is nobody's attempt";
  EXPECT_FALSE(outbox_->counters().at("sms").paused);
}

TEST_F(SignInTest, a_new_token_that_is_refused_too_stops_the_channel) {
  transport_.script = [this](const auto& request, std::size_t) -> Exchange {
    return request.ref == "sign-in" ? give() : Exchange(status(401));
  };
  queue(20, {});
  start();
  EXPECT_EQ(sign_ins(), 2U);
  EXPECT_EQ(in_state("queued"), 20);
  EXPECT_TRUE(outbox_->counters().at("sms").paused);
  run_until(morning + hours(3));
  EXPECT_EQ(sign_ins(), 2U);
}

TEST_F(SignInTest, while_none_is_given_messages_wait_and_the_gateway_is_asked_once_a_minute) {
  refusal_ = Exchange(HttpResponse{503, {}, ""});
  const std::vector<std::string> refs = queue(50, {});
  const std::string late = queue({"", MessageClass::reminder, morning + minutes(30)});
  start();
  EXPECT_TRUE(outbox_->counters().at("sms").signed_out);
  run_until(morning + hours(1));
  EXPECT_EQ(transport_.requests.size(), sign_ins());
  EXPECT_GE(sign_ins(), 55U);
  EXPECT_LE(sign_ins(), 66U);
  EXPECT_EQ(in_state("queued"), 50);
  EXPECT_EQ(state(late), "expired");
  EXPECT_EQ(count("SELECT max(attempt) FROM outbound WHERE state = ?1", "queued"), 0) << "no attempt of theirs";
  refusal_.reset();
  run_until(morning + minutes(62));
  EXPECT_EQ(in_state("sent"), 50);
  EXPECT_EQ(transport_.requests.size(), sign_ins() + 50);
  EXPECT_FALSE(outbox_->counters().at("sms").signed_out);
}

TEST_F(SignInTest, a_channel_for_which_nothing_waits_any_more_is_not_called_signed_out) {
  refusal_ = Exchange(HttpResponse{503, {}, ""});
  const std::string only = queue({"", MessageClass::reminder, morning + minutes(10)});
  start();
  EXPECT_TRUE(outbox_->counters().at("sms").signed_out);
  run_until(morning + minutes(11));
  EXPECT_EQ(state(only), "expired");
  EXPECT_FALSE(outbox_->counters().at("sms").signed_out);
}

TEST_F(SignInTest, an_answer_that_never_comes_is_asked_for_again) {
  refusal_ = Exchange(NoResponse{true, "deadline"});
  const std::string ref = queue({});
  start();
  EXPECT_EQ(sign_ins(), 1U);
  refusal_.reset();
  run_until(morning + minutes(1));
  EXPECT_EQ(state(ref), "sent");
}

TEST_F(SignInTest, an_account_that_is_refused_stops_the_channel_until_it_is_resumed) {
  refusal_ = Exchange(status(400));
  queue(3, {});
  start();
  run_until(morning + hours(2));
  EXPECT_EQ(sign_ins(), 1U) << "or the gateway locks the account";
  EXPECT_EQ(in_state("queued"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM channel_state WHERE why = ?1", "sign_in 400"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM event WHERE kind = ?1", "channel.paused"), 1);
  refusal_.reset();
  write([](store::Transaction& transaction) { store::resume_channel(transaction, "sms"); });
  wait();
  EXPECT_EQ(in_state("sent"), 3) << "at once";
}

TEST_F(SignInTest, a_paused_channel_does_not_sign_in) {
  write([](store::Transaction& transaction) { store::pause_channel(transaction, "sms", "staff", morning); });
  queue(3, {});
  start();
  run_until(morning + hours(2));
  EXPECT_EQ(sign_ins(), 0U);
}

}  // namespace
}  // namespace passerelle::outbox
