#include "casework/reminder_plan.hpp"

#include "domain/quiet_hours.hpp"

namespace passerelle::casework {
namespace {

constexpr std::chrono::hours follows_within{2};

bool goes_out(const PlannedReminder& reminder) { return reminder.skipped.empty(); }

// Why the last late reminder is not sent at once; empty: it is.
std::string why_not_now(const std::vector<PlannedReminder>& reminders, std::size_t next, TimePoint start,
                        const std::string& zone, TimePoint now) {
  if (start <= now) return skipped_past;
  if (is_quiet(now, zone)) return skipped_quiet_hours;
  const bool soon = next < reminders.size() && reminders[next].at - now <= follows_within;
  return soon ? skipped_another_follows : "";
}

// Reminders are in the order of their time (two_hours is on the day of the appointment or the evening before it,
// two_days earlier), so that the late ones come first.
void judge_late(std::vector<PlannedReminder>& reminders, TimePoint start, const std::string& zone, TimePoint now) {
  std::size_t late = 0;
  while (late < reminders.size() && reminders[late].at < now) reminders[late++].late = true;
  if (late == 0) return;
  for (std::size_t i = 0; i + 1 < late; ++i) reminders[i].skipped = skipped_another_follows;
  PlannedReminder& last = reminders[late - 1];
  last.skipped = why_not_now(reminders, late, start, zone, now);
  if (goes_out(last)) last.at = now;
}

}  // namespace

std::vector<PlannedReminder> plan_reminders(CivilTime at, const std::string& zone, TimePoint now) {
  const TimePoint start = to_instant(at, zone);
  std::vector<PlannedReminder> reminders{
      {"two_days", before_quiet(to_instant(at - date::days(2), zone), zone), "", false},
      {"two_hours", before_quiet(start - std::chrono::hours(2), zone), "", false}};
  judge_late(reminders, start, zone, now);
  return reminders;
}

}  // namespace passerelle::casework
