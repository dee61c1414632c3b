// Right before a message leaves, the rules are asked again: hours may have passed in the queue.
#include "store/outbox.hpp"
#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint evening = at("2027-04-13 20:55");
const TimePoint night = at("2027-04-13 21:05");

class Leave : public Room {
 protected:
  void queue(MessageClass message_class, std::optional<TimePoint> not_after = {}, const std::string& cause = "test:1") {
    const OwnMessage message{to(), cause, "fr", {message_class, false, false, not_after}};
    work([&](auto& transaction) {
      EXPECT_EQ(enqueue_own(transaction, *content_, channels_, message, {"Bonjour"}, false, evening).kind,
                Departed::Kind::queued);
    });
  }
  // How many leave at this time.
  std::size_t leaving(TimePoint now) {
    std::size_t count = 0;
    work([&](auto& transaction) {
      for (const auto& taken :
           store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 10, now, now)) {
        if (may_leave(transaction, *content_, taken, now)) ++count;
      }
      store::Statement(transaction.database(), "UPDATE outbound SET leased_until = NULL").run();
    });
    return count;
  }
};

TEST_F(Leave, in_time_it_leaves) {
  queue(MessageClass::reminder);
  EXPECT_EQ(leaving(evening), 1U);
  EXPECT_EQ(rows()[0].state, "queued");
}

TEST_F(Leave, a_queue_that_reaches_into_the_night_waits_for_the_morning) {
  queue(MessageClass::reminder, at("2027-04-15 10:00"));
  EXPECT_EQ(leaving(night), 0U);
  EXPECT_EQ(rows()[0].state, "queued");
  EXPECT_EQ(rows()[0].why, "quiet_hours");
  EXPECT_EQ(rows()[0].next_at, at("2027-04-14 08:00"));
  EXPECT_TRUE(tasks().empty());
  EXPECT_EQ(leaving(at("2027-04-14 08:00")), 1U);
}

TEST_F(Leave, of_an_appointment_the_night_of_its_place_counts) {
  const Appointment far = appoint("2027-04-15 14:30", [](auto& entered) { entered.zone = "Asia/Tokyo"; });
  run(far, "two_days", far.starts - hours(48));
  EXPECT_EQ(leaving(at("2027-04-13 07:30")), 1U) << "half past two there, half past seven at the association";
  EXPECT_EQ(leaving(at("2027-04-13 14:00")), 0U) << "nine in the evening";
  EXPECT_EQ(rows()[0].next_at, at("2027-04-14 01:00"));
}

TEST_F(Leave, when_the_morning_is_too_late_somebody_calls) {
  queue(MessageClass::reminder, at("2027-04-14 08:00"));
  EXPECT_EQ(leaving(night), 0U);
  EXPECT_EQ(rows()[0].state, "expired");
  EXPECT_EQ(rows()[0].why, "quiet_hours");
  EXPECT_EQ(tasks(), Kinds{"call_or_letter"});
  EXPECT_EQ(events("message.withheld", address().value), Kinds{"test:1 quiet_hours"});
}

TEST_F(Leave, a_phone_that_is_not_safe_any_more_is_not_written_to) {
  queue(MessageClass::notice);
  record({.safe_hours = parse_safe_hours("09:00-11:30"), .code = {}});
  EXPECT_EQ(leaving(evening + minutes(1)), 0U);
  EXPECT_EQ(rows()[0].next_at, at("2027-04-14 09:00"));
  EXPECT_EQ(rows()[0].why, "safe_hours");
}

TEST_F(Leave, a_consent_that_staff_ended_or_a_pause_stops_it) {
  queue(MessageClass::reminder);
  wants(Consent::stopped);
  EXPECT_EQ(leaving(evening), 0U);
  EXPECT_EQ(rows()[0].state, "stopped");
  EXPECT_EQ(rows()[0].why, "consent");
  wants(Consent::open);
  queue(MessageClass::reminder, {}, "test:2");
  record({.discreet = true, .safe_hours = {}, .paused = true, .code = {}});
  close_tasks();
  EXPECT_EQ(leaving(evening), 0U);
  EXPECT_EQ(rows()[1].why, "paused");
  EXPECT_EQ(tasks(), Kinds{"private"});
}

TEST_F(Leave, replies_and_crises_leave_at_any_hour) {
  channels_["sms"].inline_replies = false;
  say("STOP", night);
  say("il me frappe", night);
  record({.safe_hours = parse_safe_hours("09:00-11:30"), .code = {}});
  EXPECT_EQ(leaving(night), 1U) << "the crisis";
  work([](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE outbound SET state = 'sent' WHERE class = 0").run();
  });
  EXPECT_EQ(leaving(night), 1U) << "the reply";
}

TEST_F(Leave, the_rest_of_a_message_in_parts_does_not_wait_for_the_morning) {
  const OwnMessage message{to(), "test:1", "fr", {MessageClass::notice, false, false, {}}};
  work([&](auto& transaction) {
    enqueue_own(transaction, *content_, channels_, message, {std::string(200, 'a')}, false, evening);
    const auto first = store::take(transaction, "sms", MessageClass::notice, MessageClass::notice, 1, evening, night);
    store::mark_accepted(transaction, {first.at(0).message.id, 0, 2}, "sms", "", evening);
  });
  EXPECT_EQ(leaving(night), 1U);
}

TEST_F(Leave, a_contact_that_cannot_be_read_holds_up_nobody_else) {
  queue(MessageClass::reminder);
  record({.safe_hours = {}, .code = {}});
  work([](auto& transaction) {
    store::Statement(transaction.database(), "UPDATE contact SET safe_hours = 'broken'").run();
  });
  EXPECT_EQ(leaving(evening), 0U);
  EXPECT_EQ(tasks(), Kinds{"stuck"});
  EXPECT_EQ(rows()[0].next_at, evening + hours(1));
}

}  // namespace
}  // namespace passerelle::turns
