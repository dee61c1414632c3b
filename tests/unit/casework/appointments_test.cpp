#include "casework/appointments.hpp"

#include "store/activity.hpp"
#include "store/due.hpp"
#include "store/event.hpp"
#include "store/outbound.hpp"
#include "unit/casework/desk.hpp"

namespace passerelle::casework {
namespace {

using Appointments = Desk;
using store::Due;

std::vector<Due> due_rows(store::Transaction& transaction, const Appointment& appointment) {
  return store::due_of(transaction, appointment.invitation.value);
}

Due row(std::string_view when, const char* kind, const Appointment& appointment) {
  return {at(when), kind, appointment.invitation.value};
}

Move to(std::string_view when) { return {parse_civil(when).value(), {}, {}, {}}; }

TEST_F(Appointments, that_is_added_is_kept_and_its_reminders_are_due) {
  in_transaction([&](store::Transaction& transaction) {
    NewAppointment fresh = entered();
    ASSERT_TRUE(check(transaction, fresh, known_, now_).empty());
    const Appointment made = add(transaction, fresh, now_).appointment;
    const auto kept = store::find_appointment(transaction, made.invitation);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->starts, at("2027-04-15 14:30"));
    EXPECT_EQ(kept->to, fresh.to);
    EXPECT_EQ(std::tie(kept->place, kept->with, kept->bring, kept->name),
              std::tie(fresh.place, fresh.with, fresh.bring, fresh.name));
    EXPECT_EQ(due_rows(transaction, made), (std::vector{row("2027-04-13 14:30", "remind.two_days", made),
                                                        row("2027-04-15 12:30", "remind.two_hours", made)}));
    EXPECT_TRUE(tasks_of(transaction, made.address).empty());
    EXPECT_EQ(store::events_of(transaction, "appointment.added", made.invitation.value).size(), 1U);
  });
}

TEST_F(Appointments, that_is_made_late_has_its_late_reminder_due_now) {
  in_transaction([&](store::Transaction& transaction) {
    const TimePoint late = at("2027-04-14 11:00");
    const Appointment made = add(transaction, entered(), late).appointment;
    EXPECT_EQ(due_rows(transaction, made), (std::vector{row("2027-04-14 11:00", "remind.two_days", made),
                                                        row("2027-04-15 12:30", "remind.two_hours", made)}));
  });
}

TEST_F(Appointments, whose_reminders_are_all_skipped_open_a_task_and_say_why) {
  in_transaction([&](store::Transaction& transaction) {
    const TimePoint night = at("2027-04-14 22:00");
    const Appointment made = add(transaction, entered("2027-04-15 09:00"), night).appointment;
    EXPECT_TRUE(due_rows(transaction, made).empty());
    EXPECT_EQ(tasks_of(transaction, made.address), std::vector<std::string>{"call_or_letter"});
    EXPECT_EQ(reminder_states(transaction, made),
              (std::vector<ReminderState>{{"two_days", "skipped", night, "another_follows"},
                                          {"two_hours", "skipped", night, "quiet_hours"}}));
  });
}

TEST_F(Appointments, at_the_time_of_another_of_this_address_are_refused) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    NewAppointment again = entered();
    const auto errors = check(transaction, again, known_, now_);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].field, "at");
    EXPECT_EQ(errors[0].what,
              "there is an appointment for this address on 15.04.2027 14:30 already: move or cancel " + made.ref);
    NewAppointment later = entered("2027-04-15 14:31");
    EXPECT_TRUE(check(transaction, later, known_, now_).empty());
    NewAppointment other = entered();
    other.to.user = "+41790000000";
    EXPECT_TRUE(check(transaction, other, known_, now_).empty());
    ASSERT_TRUE(cancel(transaction, made, now_));
    EXPECT_TRUE(check(transaction, again, known_, now_).empty()) << "the first is cancelled";
  });
}

TEST_F(Appointments, that_are_checked_only_leave_no_address_behind) {
  in_transaction([&](store::Transaction& transaction) {
    NewAppointment fresh = entered();
    EXPECT_TRUE(check(transaction, fresh, known_, now_).empty());
    EXPECT_EQ(store::number(transaction, "SELECT count(*) FROM address"), 0);
  });
}

TEST_F(Appointments, that_move_ask_again_and_remind_of_the_new_time_only) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    const auto answered = respond(transaction, made.invitation, Response::coming, now_);
    ASSERT_TRUE(answered);
    const auto moved = move(transaction, *answered, to("2027-04-20 09:00"), known_, now_);
    ASSERT_TRUE(moved) << to_string(moved.error());
    const auto kept = store::find_appointment(transaction, made.invitation);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->starts, at("2027-04-20 09:00"));
    EXPECT_EQ(kept->revision, 1);
    EXPECT_EQ(kept->response, Response::none);
    EXPECT_FALSE(kept->responded);
    EXPECT_EQ(kept->place, "delemont") << "what is not named stays";
    EXPECT_EQ(due_rows(transaction, *kept), (std::vector{row("2027-04-18 09:00", "remind.two_days", made),
                                                         row("2027-04-19 20:00", "remind.two_hours", made)}));
    EXPECT_EQ(cause_of(*kept, "two_days"), "inv:" + std::to_string(made.invitation.value) + ":1:two_days");
    EXPECT_EQ(store::events_of(transaction, "appointment.moved", made.invitation.value).at(0).detail,
              R"({"revision":1,"from":"15.04.2027 14:30","to":"20.04.2027 09:00"})");
  });
}

TEST_F(Appointments, that_move_to_another_place_follow_its_clock) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    Move change = to("2027-04-15 14:30");
    change.place = "tunis";
    const auto moved = move(transaction, made, change, known_, now_);
    ASSERT_TRUE(moved) << to_string(moved.error());
    EXPECT_EQ(moved->appointment.zone, "Africa/Tunis");
    EXPECT_EQ(moved->appointment.starts, at("2027-04-15 14:30", "Africa/Tunis"));
  });
}

TEST_F(Appointments, may_change_their_staff_and_keep_their_time) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    Move change = to("2027-04-15 14:30");
    change.with = "Luc";
    const auto moved = move(transaction, made, change, known_, now_);
    ASSERT_TRUE(moved) << to_string(moved.error());
    EXPECT_EQ(store::find_appointment(transaction, made.invitation)->with, "Luc");
  });
}

TEST_F(Appointments, do_not_move_to_nowhere) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    add(transaction, entered("2027-04-16 10:00"), now_);
    const auto refusal = [&](const Appointment& appointment, const Move& change) {
      const auto moved = move(transaction, appointment, change, known_, now_);
      return moved ? "" : moved.error().where + ": " + moved.error().what.substr(0, 30);
    };
    EXPECT_EQ(refusal(made, to("2027-04-15 14:30")), "at: that is what the appointment i");
    EXPECT_EQ(refusal(made, to("2027-04-16 10:00")), "at: there is an appointment for th");
    EXPECT_EQ(refusal(made, to("2027-03-31 10:00")), "at: 31.03.2027 10:00 is past: writ");
    Move unknown = to("2027-04-17 10:00");
    unknown.place = "berne";
    EXPECT_EQ(refusal(made, unknown), "place: there is no place 'berne'; one");
    const auto cancelled = cancel(transaction, made, now_);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(refusal(*cancelled, to("2027-04-17 10:00")), "appointment: it is cancelled: add a new app");
    EXPECT_EQ(store::find_appointment(transaction, made.invitation)->revision, 0);
  });
}

TEST_F(Appointments, are_cancelled_once_and_take_their_reminders_with_them) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    const auto cancelled = cancel(transaction, made, now_);
    ASSERT_TRUE(cancelled);
    EXPECT_TRUE(due_rows(transaction, made).empty());
    EXPECT_TRUE(reminder_states(transaction, *cancelled).empty());
    EXPECT_TRUE(store::find_appointment(transaction, made.invitation)->cancelled);
    EXPECT_EQ(cancel(transaction, *cancelled, now_).error().what, "it is cancelled already");
    EXPECT_EQ(store::events_of(transaction, "appointment.cancelled", made.invitation.value).size(), 1U);
  });
}

TEST_F(Appointments, that_have_begun_cannot_be_cancelled_but_can_be_moved) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    EXPECT_FALSE(cancel(transaction, made, made.starts));
    EXPECT_TRUE(cancel(transaction, made, made.starts - Milliseconds(1)));
    const Appointment missed = add(transaction, entered("2027-04-16 10:00"), now_).appointment;
    EXPECT_TRUE(move(transaction, missed, to("2027-04-17 10:00"), known_, at("2027-04-16 12:00")));
  });
}

TEST_F(Appointments, keep_the_last_answer_until_they_begin) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    ASSERT_TRUE(respond(transaction, made.invitation, Response::coming, now_));
    const TimePoint last = made.starts - Milliseconds(1);
    ASSERT_TRUE(respond(transaction, made.invitation, Response::declined, last));
    EXPECT_FALSE(respond(transaction, made.invitation, Response::coming, made.starts));
    const auto kept = store::find_appointment(transaction, made.invitation);
    EXPECT_EQ(kept->response, Response::declined);
    EXPECT_EQ(kept->responded, last);
    EXPECT_EQ(store::events_of(transaction, "appointment.answered", made.invitation.value).size(), 2U);
  });
}

TEST_F(Appointments, take_no_answer_when_they_are_cancelled_or_unknown) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    ASSERT_TRUE(cancel(transaction, made, now_));
    EXPECT_EQ(respond(transaction, made.invitation, Response::coming, now_).error().what,
              "the appointment is cancelled");
    EXPECT_EQ(respond(transaction, InvitationId{999}, Response::coming, now_).error().what,
              "there is no such invitation");
    EXPECT_EQ(store::find_appointment(transaction, made.invitation)->response, Response::none);
  });
}

TEST_F(Appointments, to_come_are_told_the_next_one_first) {
  in_transaction([&](store::Transaction& transaction) {
    for (const char* when : {"2027-04-18 10:00", "2027-04-16 10:00", "2027-04-10 10:00", "2027-04-17 10:00"}) {
      add(transaction, entered(when), now_);
    }
    const Appointment made = add(transaction, entered("2027-04-15 10:00"), now_).appointment;
    ASSERT_TRUE(cancel(transaction, made, now_));
    std::vector<CivilTime> times;
    for (const Appointment& one : store::appointments_of(transaction, made.address, at("2027-04-10 10:00"), 5))
      times.push_back(one.at);
    EXPECT_EQ(times, (std::vector{*parse_civil("2027-04-16 10:00"), *parse_civil("2027-04-17 10:00"),
                                  *parse_civil("2027-04-18 10:00")}));
  });
}

TEST_F(Appointments, say_of_each_reminder_what_became_of_it) {
  in_transaction([&](store::Transaction& transaction) {
    const Appointment made = add(transaction, entered(), now_).appointment;
    EXPECT_EQ(reminder_states(transaction, made),
              (std::vector<ReminderState>{{"two_days", "planned", at("2027-04-13 14:30"), ""},
                                          {"two_hours", "planned", at("2027-04-15 12:30"), ""}}));
    store::remove_due_of(transaction, due_kind("two_days"), made.invitation.value);
    store::remove_due_of(transaction, due_kind("two_hours"), made.invitation.value);
    OutboundMessage message;
    message.ref = "r";
    message.to = made.to;
    message.cause = cause_of(made, "two_days");
    message.text = "x";
    message.parts = {"x"};
    const TimePoint sent = at("2027-04-13 14:30");
    store::insert_outbound(transaction, made.address, message, {}, sent);
    skip_reminder(transaction, made, "two_hours", "consent", sent);
    EXPECT_EQ(
        reminder_states(transaction, made),
        (std::vector<ReminderState>{{"two_days", "queued", sent, ""}, {"two_hours", "skipped", sent, "consent"}}));
    const auto moved = move(transaction, made, to("2027-04-20 14:30"), known_, now_);
    ASSERT_TRUE(moved);
    const auto states = reminder_states(transaction, moved->appointment);
    ASSERT_EQ(states.size(), 2U) << "of this revision only";
    EXPECT_EQ(states[0].state + states[1].state, "plannedplanned");
  });
}

}  // namespace
}  // namespace passerelle::casework
