// A gateway brings again for days what it could not bring at once: what was written then is not about what was said
// since.
#include <algorithm>

#include "unit/turns/room.hpp"

namespace passerelle::turns {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint reminded = at("2027-04-13 14:30");

bool holds(const std::vector<OutboundMessage>& replies, std::string_view part) {
  return std::ranges::any_of(replies, [&](const auto& reply) { return reply.text.find(part) != std::string::npos; });
}

class Late : public Room {
 protected:
  Response response(const Appointment& appointment) { return found(appointment).response; }
  Appointment asked() {
    const Appointment appointment = appoint("2027-04-15 14:30");
    pass_until(appointment.starts - hours(48));
    leave();
    return appointment;
  }
  TakenIn say_late(const std::string& text, TimePoint written, TimePoint now) {
    InboundMessage message = passerelle::testing::text_from(phone_.user, text, "late-" + text);
    message.sent_at = written;
    return receive(message, now);
  }
};

TEST_F(Late, what_was_written_before_the_question_is_no_answer_to_it) {
  const Appointment appointment = asked();
  EXPECT_FALSE(holds(say_late("2", reminded - hours(5), reminded + hours(1)).replies, "pour un autre moment"));
  EXPECT_EQ(response(appointment), Response::none);
  EXPECT_EQ(tasks(), Kinds{"person"}) << "a person reads it";
  say_late("1", reminded + minutes(5), reminded + hours(9));
  EXPECT_EQ(response(appointment), Response::coming) << "written after it, however late it comes";
}

TEST_F(Late, a_clock_of_a_gateway_that_is_minutes_slow_loses_no_answer) {
  const Appointment appointment = asked();
  say_late("1", reminded - minutes(5), reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::coming);
}

TEST_F(Late, a_late_start_reopens_nothing_and_a_late_stop_stops) {
  say_late("STOP", reminded - hours(3), reminded);
  EXPECT_EQ(conversation().consent, Consent::stopped);
  say_late("START", reminded - hours(6), reminded + minutes(1));
  EXPECT_EQ(conversation().consent, Consent::stopped) << "it may be older than the STOP";
  EXPECT_EQ(tasks(), Kinds{"person"});
  say("START", reminded + minutes(2));
  EXPECT_EQ(conversation().consent, Consent::open);
}

TEST_F(Late, by_the_clock_of_a_telephone_nothing_is) {
  channels_["sms"].true_clock = false;
  const Appointment appointment = asked();
  say_late("1", reminded - hours(1), reminded + minutes(1));
  EXPECT_EQ(response(appointment), Response::coming);
}

}  // namespace
}  // namespace passerelle::turns
