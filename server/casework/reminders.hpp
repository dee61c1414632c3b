// The reminders of an appointment as rows: what is due and when, what was skipped and why, what became of the others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casework/reminder_plan.hpp"
#include "domain/appointment.hpp"
#include "store/transaction.hpp"

namespace passerelle::casework {

// "remind.two_days": the kind of a due row; its ref is the invitation.
std::string due_kind(std::string_view reminder);
// "inv:12:0:two_days": the cause of a message. A move counts the revision up, so that the new time is told again.
std::string cause_of(const Appointment& appointment, std::string_view what);

// Plans the reminders of an appointment that was just made or moved: due rows for those that go out (a late one is due
// now), skip_reminder for the others. When none goes out, somebody must reach them otherwise.
std::vector<PlannedReminder> schedule_reminders(store::Transaction& transaction, const Appointment& appointment,
                                                TimePoint now);
// The appointment was moved or cancelled: what is still due is not due any more.
void drop_reminders(store::Transaction& transaction, const Appointment& appointment);

// Writes down why a reminder is not sent; 'why' is a code, of the plan or of whoever judges it when it is due.
void skip_reminder(store::Transaction& transaction, const Appointment& appointment, const std::string& reminder,
                   const std::string& why, TimePoint now);

struct ReminderState {
  std::string kind;   // two_days, two_hours
  std::string state;  // planned, skipped, or what became of the message (domain/message's Delivery)
  TimePoint at{};     // planned: when it is due; else since when
  std::string why;    // a code, or empty

  friend bool operator==(const ReminderState&, const ReminderState&) = default;
};
// Of this revision; those of which nothing is known any more (dropped) are left out.
std::vector<ReminderState> reminder_states(store::Transaction& transaction, const Appointment& appointment);

}  // namespace passerelle::casework
