// Ten years of reminders in twenty zones, from the desk through the due rows, the dialogs and the gate to the queue:
// each leaves exactly once, at the right hour of its place's clock, out of quiet hours and before its appointment.
#include <gtest/gtest.h>

#include <map>

#include "casework/appointments.hpp"
#include "store/due.hpp"
#include "store/outbox.hpp"
#include "support/demo.hpp"
#include "turns/remind.hpp"

namespace passerelle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array zones = {"Europe/Zurich",     "Europe/Paris",     "Africa/Tunis",     "Europe/Kyiv",
                              "Africa/Casablanca", "Africa/Asmara",    "Asia/Kabul",       "Asia/Tehran",
                              "Asia/Kathmandu",    "Asia/Damascus",    "America/St_Johns", "America/Nuuk",
                              "America/New_York",  "America/Santiago", "Australia/Sydney", "Australia/Lord_Howe",
                              "Pacific/Apia",      "Pacific/Chatham",  "Africa/Cairo",     "UTC"};
// Every hour of the day has its turn, with those that a spring change skips and an autumn one repeats.
constexpr std::array clock_times = {minutes(0),    minutes(90),   minutes(150), minutes(165), minutes(420),
                                    minutes(480),  minutes(540),  minutes(599), minutes(600), minutes(870),
                                    minutes(1260), minutes(1380), minutes(1439)};
const TimePoint first_day = to_instant(*parse_civil("2027-01-04 10:00"), "UTC");
constexpr int appointments_a_zone = 406;
constexpr date::days apart{9};

struct Sent {
  TimePoint at{};
  int times = 0;
};

class TenYears : public ::testing::Test {
 protected:
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    const auto done = store::transact_now(*writer_, work);
    ASSERT_TRUE(done) << to_string(done.error());
  }

  void enter_all() {
    in_transaction([this](store::Transaction& transaction) {
      for (const char* zone : zones) {
        for (int i = 0; i < appointments_a_zone; ++i) {
          casework::NewAppointment entered;
          entered.to = {"sms", std::string(zone) + "-" + std::to_string(i)};
          entered.zone = zone;
          entered.at = date::local_days(date::floor<date::days>(to_civil(first_day, zone))) + date::days(7) +
                       apart * i + clock_times[static_cast<std::size_t>(i) % clock_times.size()];
          entered.with = "Anne";
          all_.push_back(casework::add(transaction, entered, first_day).appointment);
        }
      }
    });
  }

  // As schedule and outbox do it: row by row, at its time.
  void let_the_years_pass() {
    in_transaction([this](store::Transaction& transaction) {
      for (auto next = store::next_due(transaction); next; next = store::next_due(transaction)) {
        const TimePoint now = *next;
        for (const store::Due& due : store::find_due(transaction, now, 100)) {
          store::remove_due(transaction, due);
          turns::run_due(transaction, *content_, channels_, due, now);
        }
        for (const store::Taken& taken :
             store::take(transaction, "sms", MessageClass::crisis, MessageClass::notice, 100, now, now)) {
          Sent& sent = sent_[taken.message.cause];
          sent.at = now;
          ++sent.times;
          store::mark_accepted(transaction, {taken.message.id}, "sms", "", now);
        }
      }
    });
  }

  std::optional<TimePoint> sent(const Appointment& appointment, const std::string& kind) {
    const auto found = sent_.find("inv:" + std::to_string(appointment.invitation.value) + ":0:" + kind);
    if (found == sent_.end()) return std::nullopt;
    EXPECT_EQ(found->second.times, 1);
    return found->second.at;
  }

  std::shared_ptr<const turns::Content> content_ = testing::demo_content();
  std::unique_ptr<store::Writer> writer_ = testing::memory_store();
  turns::ChannelBook channels_ = {{"sms", {{}, true, true}}};
  std::vector<Appointment> all_;
  std::map<std::string, Sent> sent_;
};

bool by_day(CivilTime civil) {
  const auto time = civil - date::floor<date::days>(civil);
  return time >= hours(8) && time < hours(21);
}

// What the clock of the place must show: the nominal time or, in the night, 20:00 of the evening before.
CivilTime expected(CivilTime nominal) {
  if (by_day(nominal)) return nominal;
  const auto day = date::floor<date::days>(nominal);
  return (nominal - day < hours(8) ? day - date::days(1) : day) + hours(20);
}

TEST_F(TenYears, reminders_leave_exactly_once_at_the_right_hour_of_their_place) {
  enter_all();
  let_the_years_pass();
  int merged = 0;
  for (const Appointment& appointment : all_) {
    const auto two_days = sent(appointment, "two_days");
    const auto two_hours = sent(appointment, "two_hours");
    SCOPED_TRACE(appointment.zone + " " + format_date(appointment.at) + " " + format_time(appointment.at));
    ASSERT_TRUE(two_hours);
    const CivilTime shown = to_civil(*two_hours, appointment.zone);
    EXPECT_TRUE(by_day(shown));
    EXPECT_LT(*two_hours, appointment.starts);
    // Two real hours before, by whatever the clock shows then.
    EXPECT_EQ(shown, expected(to_civil(appointment.starts - hours(2), appointment.zone)));
    if (!two_days) {
      ++merged;
      continue;
    }
    EXPECT_LT(*two_days, *two_hours);
    const CivilTime wanted = expected(appointment.at - date::days(2));
    // A clock time that a change skips on that very day is told as the first one after it.
    EXPECT_EQ(to_civil(*two_days, appointment.zone), to_civil(to_instant(wanted, appointment.zone), appointment.zone));
  }
  std::printf("%zu appointments in %zu zones over ten years: %zu reminders, each once; %d told once instead of twice\n",
              all_.size(), zones.size(), sent_.size(), merged);
  EXPECT_EQ(sent_.size(), all_.size() * 2 - static_cast<std::size_t>(merged));
  EXPECT_EQ(merged, 0) << "two days and two hours before are never the same evening";
}

}  // namespace
}  // namespace passerelle
