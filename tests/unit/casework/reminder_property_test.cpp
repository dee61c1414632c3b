// Ten years of reminders in twenty zones, judged by the C library's own reading of the zones.
#include <gtest/gtest.h>

#include <array>

#include "casework/reminder_plan.hpp"
#include "unit/casework/wall_clock.hpp"

namespace passerelle::casework {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Plan = std::vector<PlannedReminder>;

constexpr std::array zones{"Europe/Zurich",    "Europe/Paris",      "Europe/London",    "Europe/Kyiv",
                           "Africa/Tunis",     "Africa/Casablanca", "Africa/Cairo",     "Africa/Khartoum",
                           "Asia/Kathmandu",   "Asia/Tehran",       "Asia/Kabul",       "Asia/Beirut",
                           "Atlantic/Azores",  "America/Nuuk",      "America/St_Johns", "America/Havana",
                           "America/Santiago", "Pacific/Chatham",   "Pacific/Apia",     "Australia/Lord_Howe"};
static_assert(zones.size() == 20);

constexpr hours days_ahead(30 * 24);  // long enough for no reminder to be late

constexpr int first_year = 2027;
constexpr int last_year = 2036;

date::local_days new_year(int year) { return date::local_days(date::year{year} / 1 / 1); }

// Four times on every day, at other hours each day, and every quarter of an hour around each change of the clock: the
// times that are skipped and those that come twice are among them.
std::vector<CivilTime> appointments(const std::string& zone, const WallClock& clock) {
  std::vector<CivilTime> times;
  for (date::local_days day = new_year(first_year); day < new_year(last_year + 1); day += date::days(1)) {
    const auto minute = minutes(day.time_since_epoch().count() * 395 % 1440);
    for (int quarter = 0; quarter < 4; ++quarter) times.push_back(day + (minute + quarter * hours(6)) % hours(24));
  }
  for (const CivilTime change :
       clock.changes(to_instant(new_year(first_year), zone), to_instant(new_year(last_year + 1), zone))) {
    const CivilTime hour = date::floor<hours>(change);
    for (CivilTime time = hour - hours(75); time < hour + hours(75); time += minutes(15)) times.push_back(time);
  }
  return times;
}

// Never later than its nominal time, out of quiet hours, and moved no further than to the evening before.
void expect_moved_only_out_of_the_night(const PlannedReminder& reminder, TimePoint nominal, const WallClock& clock) {
  EXPECT_FALSE(clock.quiet(reminder.at));
  if (!clock.quiet(nominal)) {
    EXPECT_EQ(reminder.at, nominal);
    return;
  }
  EXPECT_LT(reminder.at, nominal);
  EXPECT_TRUE(clock.quiet(reminder.at + hours(2))) << "the night that it avoids is the next one";
  EXPECT_LT(nominal - reminder.at, hours(14));
  EXPECT_EQ((clock.at(reminder.at) - date::floor<date::days>(clock.at(reminder.at))), hours(20));
}

void expect_once_at_its_time(const Plan& plan, CivilTime at, const std::string& zone, const WallClock& clock) {
  const TimePoint start = to_instant(at, zone);
  const TimePoint days_before = to_instant(at - date::days(2), zone);
  EXPECT_TRUE(clock.first_shows(start, at));
  EXPECT_TRUE(clock.first_shows(days_before, at - date::days(2)));
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan[0].kind, "two_days");
  EXPECT_EQ(plan[1].kind, "two_hours");
  EXPECT_LT(plan[0].at, plan[1].at);
  EXPECT_LT(plan[1].at, start);
  expect_moved_only_out_of_the_night(plan[0], days_before, clock);
  expect_moved_only_out_of_the_night(plan[1], start - hours(2), clock);
}

TEST(ReminderPlan, reminders_of_ten_years_in_twenty_zones_go_out_once_at_the_right_local_time) {
  std::size_t count = 0;
  for (const char* zone : zones) {
    const WallClock clock(zone);
    for (const CivilTime at : appointments(zone, clock)) {
      const Plan plan = plan_reminders(at, zone, to_instant(at, zone) - days_ahead);
      expect_once_at_its_time(plan, at, zone, clock);
      for (const PlannedReminder& reminder : plan) EXPECT_TRUE(reminder.skipped.empty() && !reminder.late);
      ++count;
      ASSERT_FALSE(HasFailure()) << zone << " " << format_date(at) << " " << format_time(at);
    }
  }
  RecordProperty("appointments", static_cast<int>(count));
  EXPECT_GT(count, 350'000U);
}

// What is planned when the appointment is made at 'now', against what would have been planned long ahead.
void expect_lawful_when_late(const Plan& plan, const Plan& ahead, TimePoint now, const WallClock& clock) {
  ASSERT_EQ(plan.size(), ahead.size());
  int sent_late = 0;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const bool has_next = i + 1 < plan.size();
    EXPECT_EQ(plan[i].kind, ahead[i].kind);
    EXPECT_EQ(plan[i].late, ahead[i].at < now);
    if (!plan[i].late) {
      EXPECT_EQ(plan[i], ahead[i]) << "its time is still to come";
      continue;
    }
    const bool next_is_late = has_next && plan[i + 1].late;
    const bool next_is_soon = has_next && ahead[i + 1].at - now <= hours(2);
    const std::string why = next_is_late       ? "another_follows"
                            : clock.quiet(now) ? "quiet_hours"
                            : next_is_soon     ? "another_follows"
                                               : "";
    EXPECT_EQ(plan[i].skipped, why);
    EXPECT_EQ(plan[i].at, why.empty() ? now : ahead[i].at);
    sent_late += why.empty() ? 1 : 0;
  }
  EXPECT_LE(sent_late, 1);
}

TEST(ReminderPlan, late_reminders_of_ten_years_in_twenty_zones_are_sent_now_or_skipped_with_a_reason) {
  std::uint64_t chance = 1;
  for (const char* zone : zones) {
    const WallClock clock(zone);
    for (const CivilTime at : appointments(zone, clock)) {
      const TimePoint start = to_instant(at, zone);
      const Plan ahead = plan_reminders(at, zone, start - days_ahead);
      chance = chance * 6364136223846793005U + 1442695040888963407U;
      const TimePoint now = start - minutes(1 + (chance >> 33) % (72 * 60));
      expect_lawful_when_late(plan_reminders(at, zone, now), ahead, now, clock);
      ASSERT_FALSE(HasFailure()) << zone << " " << format_date(at) << " " << format_time(at);
    }
  }
}

}  // namespace
}  // namespace passerelle::casework
