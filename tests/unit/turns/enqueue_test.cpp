// The one gate that every outgoing message passes.
#include "turns/enqueue.hpp"

#include "store/inbound.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const TimePoint noon = at("2027-04-13 12:00");
const TimePoint night = at("2027-04-13 22:00");

class Enqueue : public Room {
 protected:
  OwnMessage own(const std::string& cause = "inv:1:0:two_days", MessageClass message_class = MessageClass::reminder) {
    return {to(), cause, "fr", {message_class, false, false, noon + hours(48)}};
  }
  Departed depart(const OwnMessage& message, TimePoint now, bool insert_held = false,
                  const Texts& texts = {"Bonjour"}) {
    Departed departed;
    work([&](auto& transaction) {
      departed = enqueue_own(transaction, *content_, channels_, message, texts, insert_held, now);
    });
    return departed;
  }
  std::vector<OutboundMessage> answer(store::Via via, bool crisis = false, const Texts& texts = {"Oui", "Non"}) {
    const Destination destination = to();
    std::vector<OutboundMessage> replies;
    work([&](auto& transaction) {
      const auto message = passerelle::testing::text_from(phone_.user, "?", "enq-" + std::to_string(++asked_));
      inbound_ = store::remember(transaction, message, noon).id;
      replies = enqueue_replies(transaction, *content_, destination, inbound_, "fr", texts,
                                {via, channels_["sms"], crisis}, noon);
    });
    return replies;
  }
  std::string cause(int number) const { return "in:" + std::to_string(inbound_.value) + ":" + std::to_string(number); }
  store::Spending spent(const std::string& month = "2027-04") {
    store::Spending found;
    work([&](auto& transaction) { found = store::spending(transaction, "sms", month); });
    return found;
  }
  // A segment costs 0.10, and this much may be spent in a month.
  void cap(std::int64_t cents) {
    channels_["sms"].policy.price = {100'000, "CHF"};
    channels_["sms"].policy.monthly_cap = {cents * 10'000, "CHF"};
  }

  InboundId inbound_;
  int asked_ = 0;
};

TEST_F(Enqueue, replies_travel_inline_with_a_lease_and_without_an_end) {
  const auto replies = answer(store::Via::inline_reply);
  ASSERT_EQ(replies.size(), 2U);
  const auto stored = rows("inline");
  ASSERT_EQ(stored.size(), 2U);
  EXPECT_EQ(stored[0].cause, cause(0));
  EXPECT_EQ(stored[1].cause, cause(1));
  EXPECT_EQ(stored[0].text, "Oui");
  EXPECT_EQ(stored[0].message_class, MessageClass::reply);
  EXPECT_EQ(stored[0].not_after, std::nullopt);
  work([&](auto& transaction) {
    store::Statement row(transaction.database(), "SELECT leased_until FROM outbound WHERE id = ?1", replies[0].id);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.get<TimePoint>(0), noon + seconds(30));
  });
}

TEST_F(Enqueue, replies_by_the_api_leave_at_once_and_answer_nothing_any_more_after_a_day) {
  answer(store::Via::api);
  const auto queued = rows();
  ASSERT_EQ(queued.size(), 2U);
  EXPECT_TRUE(rows("inline").empty());
  EXPECT_EQ(queued[1].cause, cause(1));
  EXPECT_EQ(queued[0].message_class, MessageClass::reply);
  EXPECT_EQ(queued[0].next_at, noon);
  EXPECT_EQ(queued[0].not_after, noon + hours(24));
}

TEST_F(Enqueue, an_answer_to_a_cry_for_help_is_a_crisis) {
  answer(store::Via::api, true);
  EXPECT_EQ(rows().at(0).message_class, MessageClass::crisis);
}

TEST_F(Enqueue, every_segment_of_every_text_is_counted) {
  cap(100'00);
  answer(store::Via::api, false, {std::string(161, 'a'), "سلام"});
  EXPECT_EQ(spent().segments, 3) << "two of GSM-7, one of UCS-2";
  EXPECT_EQ(spent().micros, 300'000);
  EXPECT_EQ(rows().at(0).encoding, "gsm7");
  EXPECT_EQ(rows().at(1).encoding, "ucs2");
  depart(own(), noon);
  EXPECT_EQ(spent().segments, 4);
  EXPECT_EQ(spent("2027-05").segments, 0);
}

TEST_F(Enqueue, what_it_costs_depends_on_the_country) {
  cap(100'00);
  channels_["sms"].policy.price_for = {{"+33", {65'000, "CHF"}}, {"+336", {50'000, "CHF"}}, {"+216", {90'000, "CHF"}}};
  depart(own(), noon);
  EXPECT_EQ(spent().micros, 50'000) << "the longest prefix of " << phone_.user;
  answer(store::Via::api);
  EXPECT_EQ(spent().micros, 150'000);
}

TEST_F(Enqueue, what_has_no_price_is_not_counted) {
  answer(store::Via::api);
  EXPECT_EQ(spent().segments, 0);
}

TEST_F(Enqueue, at_the_monthly_cap_what_we_start_is_held_and_replies_go_on_to_a_fifth_more) {
  cap(20);
  EXPECT_EQ(depart(own("a"), noon).kind, Departed::Kind::queued);
  EXPECT_EQ(depart(own("b", MessageClass::notice), noon).kind, Departed::Kind::queued) << "exactly the cap";
  OwnMessage patient = own("c");
  patient.departing.not_after = at("2027-05-20 12:00");
  const Departed held = depart(patient, noon);
  EXPECT_EQ(held.kind, Departed::Kind::held);
  EXPECT_EQ(held.why, "monthly_cap");
  EXPECT_EQ(held.until, at("2027-05-01 08:00"));
  const Departed withheld = depart(own("d"), noon);
  EXPECT_EQ(withheld.kind, Departed::Kind::withheld) << "its end comes before the next month";
  EXPECT_EQ(withheld.why, "monthly_cap");
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  close_tasks();
  EXPECT_TRUE(answer(store::Via::inline_reply, false, {"Oui"}).empty()) << "0.30 is more than 120 % of 0.20";
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"}) << "somebody asked, and is answered in another way";
  EXPECT_EQ(answer(store::Via::inline_reply, true, {"Appelez"}).size(), 1U) << "a crisis is never held";
}

TEST_F(Enqueue, replies_have_a_fifth_of_the_cap_for_themselves) {
  cap(100);
  for (int i = 0; i < 10; ++i) depart(own("n:" + std::to_string(i), MessageClass::notice), noon);
  EXPECT_EQ(spent().micros, 1'000'000);
  EXPECT_EQ(answer(store::Via::inline_reply).size(), 2U) << "1.20 is exactly 120 %";
  EXPECT_TRUE(answer(store::Via::inline_reply, false, {"Oui"}).empty());
}

TEST_F(Enqueue, what_is_held_costs_in_the_month_in_which_it_leaves) {
  cap(10);
  ASSERT_EQ(depart(own("a"), noon).kind, Departed::Kind::queued);
  OwnMessage patient = own("b", MessageClass::notice);
  patient.departing.not_after.reset();
  EXPECT_EQ(depart(patient, noon, true).until, at("2027-05-01 08:00"));
  EXPECT_EQ(spent().micros, 100'000) << "else what waits would eat up what replies may cost";
  EXPECT_EQ(spent("2027-05").micros, 100'000);
  patient.cause = "c";
  EXPECT_EQ(depart(patient, noon, true).until, at("2027-06-01 08:00")) << "May is full as well";
}

TEST_F(Enqueue, what_the_night_holds_passes_the_cap_of_the_morning_or_waits_for_the_next_month) {
  cap(10);
  OwnMessage patient = own("a", MessageClass::notice);
  patient.departing.not_after.reset();
  EXPECT_EQ(depart(patient, night, true).until, at("2027-04-14 08:00"));
  patient.cause = "b";
  const Departed capped = depart(patient, night, true);
  EXPECT_EQ(capped.why, "monthly_cap");
  EXPECT_EQ(capped.until, at("2027-05-01 08:00"));
}

TEST_F(Enqueue, what_the_cap_holds_leaves_in_safe_hours_too) {
  cap(10);
  Contact careful;
  careful.safe_hours = parse_safe_hours("09:00-13:00");
  record(careful);
  OwnMessage patient = own("a", MessageClass::notice);
  patient.departing.not_after.reset();
  ASSERT_EQ(depart(patient, noon).kind, Departed::Kind::queued);
  patient.cause = "b";
  EXPECT_EQ(depart(patient, noon).until, at("2027-05-01 09:00"));
}

TEST_F(Enqueue, a_message_of_our_own_keeps_its_class_its_end_and_its_causes) {
  const Departed departed = depart(own(), noon, false, {"un", "deux"});
  EXPECT_EQ(departed.kind, Departed::Kind::queued);
  EXPECT_EQ(departed.messages.size(), 2U);
  const auto queued = rows();
  ASSERT_EQ(queued.size(), 2U);
  EXPECT_EQ(queued[0].cause, "inv:1:0:two_days");
  EXPECT_EQ(queued[1].cause, "inv:1:0:two_days:1");
  EXPECT_EQ(queued[0].message_class, MessageClass::reminder);
  EXPECT_EQ(queued[0].not_after, noon + hours(48));
  EXPECT_EQ(queued[0].next_at, noon);
}

TEST_F(Enqueue, a_cause_that_was_there_already_does_nothing) {
  cap(100'00);
  depart(own(), noon);
  EXPECT_EQ(depart(own(), noon).kind, Departed::Kind::repeated);
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(spent().segments, 1);
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Enqueue, a_channel_that_cannot_send_withholds_and_calls_a_person) {
  channels_["sms"].sends = false;
  const Departed departed = depart(own(), noon);
  EXPECT_EQ(departed.kind, Departed::Kind::withheld);
  EXPECT_EQ(departed.why, "channel_cannot_send");
  OwnMessage elsewhere = own("b");
  elsewhere.to.address.channel = "unknown";
  EXPECT_EQ(depart(elsewhere, noon).why, "channel_cannot_send");
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
}

TEST_F(Enqueue, what_is_held_stands_in_the_queue_with_its_reason_or_nowhere) {
  const Departed later = depart(own("a"), night);
  EXPECT_EQ(later.kind, Departed::Kind::held);
  EXPECT_EQ(later.why, "quiet_hours");
  EXPECT_EQ(later.until, at("2027-04-14 08:00"));
  EXPECT_TRUE(rows().empty());
  const Departed held = depart(own("b"), night, true);
  EXPECT_EQ(held.kind, Departed::Kind::held);
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].state, "queued");
  EXPECT_EQ(rows()[0].why, "quiet_hours");
  EXPECT_EQ(rows()[0].next_at, at("2027-04-14 08:00"));
  EXPECT_EQ(events("message.held", address().value), (Kinds{"a quiet_hours", "b quiet_hours"}));
  EXPECT_TRUE(tasks().empty());
}

TEST_F(Enqueue, what_is_withheld_leaves_an_event_and_a_task_but_a_notice_leaves_no_task) {
  wants(Consent::stopped);
  EXPECT_EQ(depart(own("a", MessageClass::notice), noon).kind, Departed::Kind::withheld);
  EXPECT_TRUE(tasks().empty()) << "a notice has its delivery board";
  const Departed reminder = depart(own("b"), noon);
  EXPECT_EQ(reminder.kind, Departed::Kind::withheld);
  EXPECT_EQ(reminder.why, "consent");
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  EXPECT_EQ(events("message.withheld", address().value), (Kinds{"a consent", "b consent"}));
  EXPECT_TRUE(rows().empty());
}

TEST_F(Enqueue, reminders_only_lets_reminders_pass_and_nothing_else) {
  wants(Consent::reminders_only);
  EXPECT_EQ(depart(own("a"), noon).kind, Departed::Kind::queued);
  EXPECT_EQ(depart(own("b", MessageClass::shift), noon).why, "consent");
}

TEST_F(Enqueue, a_discreet_contact_gets_no_call_and_no_letter_without_a_look) {
  Contact discreet;
  discreet.discreet = true;
  discreet.paused = true;
  record(discreet);
  EXPECT_EQ(depart(own(), noon).why, "paused");
  EXPECT_EQ(tasks(), Kinds{"private"});
}

TEST_F(Enqueue, the_cost_is_known_before_anything_is_sent) {
  const ChannelPolicy policy{.price = {65'000, "CHF"}, .monthly_cap = {}};
  const Address to{"sms", "+41790000001"};
  const Cost cost = cost_of({std::string(160, 'a'), "ቆጸራ"}, policy, to);
  EXPECT_EQ(cost.segments, 2);
  EXPECT_EQ(cost.encoding, Encoding::ucs2);
  EXPECT_EQ(cost.money, (Money{130'000, "CHF"}));
  EXPECT_EQ(cost_of({"a"}, policy, to).encoding, Encoding::gsm7);
  EXPECT_EQ(cost_of({}, policy, to).segments, 0);
}

}  // namespace
}  // namespace passerelle::turns
