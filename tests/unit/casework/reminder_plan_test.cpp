#include "casework/reminder_plan.hpp"

#include <gtest/gtest.h>

namespace passerelle::casework {
namespace {

constexpr const char* zurich = "Europe/Zurich";

CivilTime civil(std::string_view text) { return parse_civil(text).value(); }
TimePoint at(std::string_view text) { return to_instant(civil(text), zurich); }

std::vector<PlannedReminder> plan(std::string_view appointment, std::string_view now) {
  return plan_reminders(civil(appointment), zurich, at(now));
}

PlannedReminder two_days(std::string_view when) { return {"two_days", at(when), "", false}; }
PlannedReminder two_hours(std::string_view when) { return {"two_hours", at(when), "", false}; }

PlannedReminder sent_late(PlannedReminder reminder) {
  reminder.late = true;
  return reminder;
}

PlannedReminder skipped(PlannedReminder reminder, const char* why, bool late = true) {
  reminder.skipped = why;
  reminder.late = late;
  return reminder;
}

using Plan = std::vector<PlannedReminder>;

TEST(ReminderPlan, reminds_two_days_before_at_the_same_clock_time_and_two_hours_before) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-01 10:00"),
            (Plan{two_days("2027-04-13 14:30"), two_hours("2027-04-15 12:30")}));
}

TEST(ReminderPlan, keeps_the_clock_time_of_a_reminder_across_the_change_of_the_clock) {
  EXPECT_EQ(plan("2027-03-29 14:30", "2027-03-01 10:00"),
            (Plan{two_days("2027-03-27 14:30"), two_hours("2027-03-29 12:30")}));
  EXPECT_EQ(at("2027-03-29 14:30") - at("2027-03-27 14:30"), std::chrono::hours(47));
}

TEST(ReminderPlan, moves_a_reminder_out_of_quiet_hours_to_the_evening_before) {
  EXPECT_EQ(plan("2027-04-15 08:30", "2027-04-01 10:00"),
            (Plan{two_days("2027-04-13 08:30"), two_hours("2027-04-14 20:00")}));
  EXPECT_EQ(plan("2027-04-15 07:30", "2027-04-01 10:00"),
            (Plan{two_days("2027-04-12 20:00"), two_hours("2027-04-14 20:00")}));
  EXPECT_EQ(plan("2027-04-15 23:30", "2027-04-01 10:00"),
            (Plan{two_days("2027-04-13 20:00"), two_hours("2027-04-15 20:00")}));
}

TEST(ReminderPlan, sends_a_late_reminder_at_once) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-14 11:00"),
            (Plan{sent_late(two_days("2027-04-14 11:00")), two_hours("2027-04-15 12:30")}));
}

TEST(ReminderPlan, sends_only_the_last_of_two_late_reminders) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-15 14:00"),
            (Plan{skipped(two_days("2027-04-13 14:30"), "another_follows"), sent_late(two_hours("2027-04-15 14:00"))}));
}

TEST(ReminderPlan, is_not_late_when_the_reminder_is_due_this_very_moment) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-13 14:30"),
            (Plan{two_days("2027-04-13 14:30"), two_hours("2027-04-15 12:30")}));
}

TEST(ReminderPlan, skips_a_late_reminder_when_another_reminder_follows_within_two_hours) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-15 10:30"),
            (Plan{skipped(two_days("2027-04-13 14:30"), "another_follows"), two_hours("2027-04-15 12:30")}));
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-15 10:29"),
            (Plan{sent_late(two_days("2027-04-15 10:29")), two_hours("2027-04-15 12:30")}));
}

TEST(ReminderPlan, skips_a_late_reminder_in_the_night) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-13 22:00"),
            (Plan{skipped(two_days("2027-04-13 14:30"), "quiet_hours"), two_hours("2027-04-15 12:30")}));
}

TEST(ReminderPlan, leaves_no_reminder_when_the_appointment_is_made_in_the_night_before_it) {
  EXPECT_EQ(plan("2027-04-15 09:00", "2027-04-14 22:00"),
            (Plan{skipped(two_days("2027-04-13 09:00"), "another_follows"),
                  skipped(two_hours("2027-04-14 20:00"), "quiet_hours")}));
}

TEST(ReminderPlan, sends_no_reminder_once_the_appointment_has_begun) {
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-15 14:30").back(), skipped(two_hours("2027-04-15 12:30"), "past"));
  EXPECT_EQ(plan("2027-04-15 14:30", "2027-04-16 09:00").back(), skipped(two_hours("2027-04-15 12:30"), "past"));
}

}  // namespace
}  // namespace passerelle::casework
