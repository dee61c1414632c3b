#include "outbox/judgement.hpp"

#include <gtest/gtest.h>

namespace passerelle::outbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const TimePoint now = from_ms(1'806'300'000'000);
constexpr double half = 0.5;

About reminder() {
  About about;
  about.message_class = MessageClass::reminder;
  return about;
}
Verdict judge_outcome(Outcome outcome, int status, const About& about = reminder()) {
  return judge(Answered{std::move(outcome), status}, about, now, half);
}
template <class T>
T as(const Verdict& verdict) {
  const T* found = std::get_if<T>(&verdict.message);
  EXPECT_NE(found, nullptr) << name_of(verdict.message);
  return found != nullptr ? *found : T{};
}

TEST(Judgement, the_back_off_doubles_from_five_seconds_to_a_quarter_of_an_hour_with_full_jitter) {
  EXPECT_EQ(back_off(1, 0.999999), Milliseconds(4999));
  EXPECT_EQ(back_off(2, half), seconds(5));
  EXPECT_EQ(back_off(5, half), seconds(40));
  EXPECT_EQ(back_off(8, half), seconds(320));
  EXPECT_EQ(back_off(9, half), minutes(7) + seconds(30));
  EXPECT_EQ(back_off(1'000'000, half), minutes(7) + seconds(30));
  EXPECT_EQ(back_off(1, 0), seconds(1)) << "never at once";
  EXPECT_EQ(back_off(9, 0), seconds(1));
}

TEST(Judgement, what_the_gateway_took_is_sent) {
  const Verdict verdict = judge_outcome(Accepted{"SM1"}, 201);
  EXPECT_EQ(as<Sent>(verdict).provider_id, "SM1");
  EXPECT_EQ(verdict.channel, Health::well);
}

TEST(Judgement, a_failing_gateway_is_asked_again_by_our_own_back_off) {
  About about = reminder();
  about.attempt = 3;
  const Verdict verdict = judge_outcome(RetryLater{seconds(0), "500"}, 500, about);
  EXPECT_EQ(as<Wait>(verdict).until, now + seconds(10));
  EXPECT_EQ(as<Wait>(verdict).why, "500");
  EXPECT_EQ(verdict.channel, Health::ill);
  EXPECT_FALSE(verdict.hold) << "the breaker's business";
}

TEST(Judgement, retry_after_is_honoured_by_the_whole_channel_and_never_beyond_an_hour) {
  const Verdict minute = judge_outcome(RetryLater{seconds(90), "429"}, 429);
  EXPECT_EQ(as<Wait>(minute).until, now + seconds(90));
  EXPECT_EQ(minute.hold, now + seconds(90));
  EXPECT_EQ(minute.channel, Health::unclear) << "too many of ours is no illness of the gateway";
  EXPECT_EQ(judge_outcome(RetryLater{hours(20), "429"}, 429).hold, now + hours(1));
  EXPECT_EQ(judge_outcome(RetryLater{seconds(90), "503"}, 503).hold, now + seconds(90));
}

TEST(Judgement, too_fast_without_a_time_gives_the_channel_a_breath) {
  const Verdict verdict = judge_outcome(RetryLater{seconds(0), "429"}, 429);
  EXPECT_EQ(verdict.hold, now + seconds(1));
  EXPECT_GT(as<Wait>(verdict).until, now);
}

TEST(Judgement, nothing_handed_over_is_tried_again) {
  const Verdict verdict = judge(NoResponse{false, "connect"}, reminder(), now, half);
  EXPECT_EQ(as<Wait>(verdict).why, "connect");
  EXPECT_EQ(verdict.channel, Health::ill);
}

TEST(Judgement, a_lost_answer_is_uncertain_and_is_not_sent_again_by_itself) {
  const Verdict lost = judge(NoResponse{true, "deadline"}, reminder(), now, half);
  EXPECT_EQ(as<Uncertain>(lost).why, "deadline");
  EXPECT_FALSE(as<Uncertain>(lost).again);
  EXPECT_EQ(lost.channel, Health::ill);
  const Verdict told = judge_outcome(Ambiguous{"504"}, 504);
  EXPECT_EQ(as<Uncertain>(told).why, "504");
  EXPECT_EQ(told.channel, Health::ill);
}

TEST(Judgement, credit_that_ends_in_the_middle_of_a_text_stops_the_channel_too) {
  const Verdict verdict = judge_outcome(Ambiguous{"part-9", true}, 200);
  EXPECT_EQ(as<Uncertain>(verdict).why, "part-9");
  EXPECT_TRUE(as<Uncertain>(verdict).stops_channel);
  EXPECT_FALSE(as<Uncertain>(judge_outcome(Ambiguous{"part-1"}, 200)).stops_channel);
  About about = reminder();
  about.takes_reference = true;
  EXPECT_EQ(as<PutBack>(judge_outcome(Ambiguous{"part-9", true}, 200, about)).why, "part-9") << "asked again later";
}

TEST(Judgement, a_gateway_that_knows_our_reference_may_be_asked_again_after_a_lost_answer) {
  About about = reminder();
  about.takes_reference = true;
  EXPECT_EQ(as<Wait>(judge(NoResponse{true, "deadline"}, about, now, half)).why, "deadline");
  EXPECT_EQ(as<Wait>(judge_outcome(Ambiguous{"504"}, 504, about)).why, "504");
}

TEST(Judgement, the_policy_sends_only_crises_and_reminders_once_more) {
  const auto again = [](MessageClass message_class, bool resent) {
    About about;
    about.message_class = message_class;
    about.resend_once = true;
    about.resent = resent;
    return as<Uncertain>(judge(NoResponse{true, "reset"}, about, now, half)).again;
  };
  EXPECT_EQ(again(MessageClass::reminder, false), now + minutes(1)) << "a receipt may still tell";
  EXPECT_EQ(again(MessageClass::crisis, false), now + seconds(5));
  for (const MessageClass other : {MessageClass::reply, MessageClass::shift, MessageClass::notice}) {
    EXPECT_FALSE(again(other, false)) << to_string(other);
  }
  EXPECT_FALSE(again(MessageClass::reminder, true)) << "it had its second time";
}

TEST(Judgement, what_would_come_too_late_is_not_sent_once_more) {
  About about = reminder();
  about.resend_once = true;
  about.not_after = now + minutes(1);
  EXPECT_FALSE(as<Uncertain>(judge(NoResponse{true, "reset"}, about, now, half)).again);
  about.not_after = now + minutes(2);
  EXPECT_TRUE(as<Uncertain>(judge(NoResponse{true, "reset"}, about, now, half)).again);
}

TEST(Judgement, a_refusal_is_for_good_and_no_illness) {
  const Verdict refused = judge_outcome(Refused{"21211"}, 400);
  EXPECT_EQ(as<Failed>(refused).why, "21211");
  EXPECT_EQ(refused.channel, Health::well);
  EXPECT_EQ(as<Failed>(judge_outcome(NeedsTemplate{}, 400)).why, "needs_template");
  as<StoppedThere>(judge_outcome(OptedOut{}, 400));
}

TEST(Judgement, a_wrong_configuration_is_not_the_message_s_fault) {
  EXPECT_EQ(as<PutBack>(judge_outcome(Misconfigured{"20003"}, 401)).why, "20003");
}

TEST(Judgement, has_a_word_for_the_log) {
  EXPECT_EQ(name_of(Uncertain{"reset", {}}), "uncertain");
  EXPECT_EQ(name_of(Uncertain{"reset", now}), "uncertain_again");
  EXPECT_EQ(reason_of(Wait{now, "503"}), "503");
  EXPECT_EQ(reason_of(Sent{"SM1"}), "") << "an id of the gateway is no reason";
}

}  // namespace
}  // namespace passerelle::outbox
