// When the reminders of an appointment go out, and why one does not: pure, so that ten years of them can be proven
// (product.md, Time).
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/zone.hpp"

namespace passerelle::casework {

// Reasons of a skipped reminder.
inline constexpr const char* skipped_quiet_hours = "quiet_hours";          // late, and it is night now
inline constexpr const char* skipped_another_follows = "another_follows";  // the next one says the same, soon
inline constexpr const char* skipped_past = "past";                        // the appointment has begun

struct PlannedReminder {
  std::string kind;     // two_days, two_hours: also the step of the dialog 'reminder'
  TimePoint at{};       // when it goes out; when it would have, if it is skipped
  std::string skipped;  // why it does not go out; empty: it does
  bool late = false;    // its time had passed when the appointment was made or moved: 'at' is 'now', or it is skipped

  friend bool operator==(const PlannedReminder&, const PlannedReminder&) = default;
};

// One entry a kind, in the order of the kinds. 'at' is the appointment's civil time in 'zone', 'now' the moment when
// it is made or moved. What holds for every one that goes out:
// - it goes out once, at or after 'now', out of quiet hours, before the appointment;
// - it is never later than its nominal time (two_days: the same clock time two civil days before; two_hours: two real
//   hours before), unless it is late;
// - at most one late reminder goes out, and never when the next follows within two hours.
std::vector<PlannedReminder> plan_reminders(CivilTime at, const std::string& zone, TimePoint now);

}  // namespace passerelle::casework
