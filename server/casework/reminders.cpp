#include "casework/reminders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "base/log.hpp"
#include "store/due.hpp"
#include "store/event.hpp"
#include "store/outbound_state.hpp"
#include "store/undelivered.hpp"

namespace passerelle::casework {
namespace {

constexpr std::array<std::string_view, 2> kinds{"two_days", "two_hours"};
constexpr const char* skipped_event = "reminder.skipped";

bool goes_out(const PlannedReminder& reminder) { return reminder.skipped.empty(); }

// The reason in an event of this reminder and revision; nothing in another's.
std::optional<std::string> reason(const store::Event& event, const Appointment& appointment, std::string_view kind) {
  boost::system::error_code broken;
  const boost::json::value detail = boost::json::parse(event.detail, broken);
  if (broken || !detail.is_object()) return std::nullopt;
  const auto text = [&](const char* name) -> std::string_view {
    const auto* value = detail.get_object().if_contains(name);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  };
  const auto* revision = detail.get_object().if_contains("revision");
  const bool same = revision != nullptr && *revision == appointment.revision && text("reminder") == kind;
  return same ? std::optional<std::string>(text("why")) : std::nullopt;
}

}  // namespace

std::string due_kind(std::string_view reminder) { return fmt::format("remind.{}", reminder); }

std::string cause_of(const Appointment& appointment, std::string_view what) {
  return fmt::format("inv:{}:{}:{}", appointment.invitation.value, appointment.revision, what);
}

std::vector<PlannedReminder> schedule_reminders(store::Transaction& transaction, const Appointment& appointment,
                                                TimePoint now) {
  std::vector<PlannedReminder> plan = plan_reminders(appointment.at, appointment.zone, now);
  for (const PlannedReminder& reminder : plan) {
    if (goes_out(reminder)) {
      store::add_due(transaction, {reminder.at, due_kind(reminder.kind), appointment.invitation.value});
    } else {
      skip_reminder(transaction, appointment, reminder.kind, reminder.skipped, now);
    }
  }
  if (std::none_of(plan.begin(), plan.end(), goes_out)) {
    store::reach_otherwise(transaction, appointment.address, {}, now);
  }
  return plan;
}

void drop_reminders(store::Transaction& transaction, const Appointment& appointment) {
  for (const std::string_view kind : kinds) {
    store::remove_due_of(transaction, due_kind(kind), appointment.invitation.value);
  }
}

void skip_reminder(store::Transaction& transaction, const Appointment& appointment, const std::string& reminder,
                   const std::string& why, TimePoint now) {
  log::info("reminder.skipped", {{"invitation", appointment.invitation.value}, {"kind", reminder}, {"why", why}});
  const boost::json::object detail{{"reminder", reminder}, {"revision", appointment.revision}, {"why", why}};
  store::add_event(transaction, skipped_event, appointment.invitation.value, boost::json::serialize(detail), now);
}

std::vector<ReminderState> reminder_states(store::Transaction& transaction, const Appointment& appointment) {
  const auto due = store::due_of(transaction, appointment.invitation.value);
  const auto events = store::events_of(transaction, skipped_event, appointment.invitation.value);
  std::vector<ReminderState> states;
  for (const std::string_view kind : kinds) {
    const std::string name(kind);
    if (const auto message = store::find_last_outbound(transaction, cause_of(appointment, kind))) {
      states.push_back({name, std::string(to_string(message->state)), message->since, message->why});
      continue;
    }
    for (const store::Due& row : due) {
      if (row.kind == due_kind(kind)) states.push_back({name, "planned", row.at, ""});
    }
    for (const store::Event& event : events) {
      if (const auto why = reason(event, appointment, kind)) states.push_back({name, "skipped", event.at, *why});
    }
  }
  return states;
}

}  // namespace passerelle::casework
