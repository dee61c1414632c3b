#include "console/appointment_row.hpp"

#include <boost/json/array.hpp>
#include <string>

#include "base/zone.hpp"
#include "casework/reminders.hpp"
#include "console/arguments.hpp"
#include "console/moment.hpp"
#include "store/conversation.hpp"
#include "store/task.hpp"

namespace passerelle::console {
namespace {

std::string shown(CivilTime at) { return format_date(at) + ' ' + format_time(at); }

std::string shown(TimePoint instant, const std::string& zone) { return shown(to_civil(instant, zone)); }

// For programs a list, for people one line: "two_days sent 13.04.2027 14:30, two_hours skipped quiet_hours".
void put_reminders(boost::json::object& row, Desk& desk, const Appointment& appointment) {
  boost::json::array reminders;
  std::string line;
  for (const casework::ReminderState& state : casework::reminder_states(desk.transaction, appointment)) {
    boost::json::object told{{"reminder", state.kind}, {"state", state.state}, {"at", format_instant(state.at)}};
    if (!state.why.empty()) told["why"] = state.why;
    reminders.push_back(std::move(told));
    line += (line.empty() ? "" : ", ") + state.kind + ' ' + state.state + ' ' +
            (state.why.empty() ? shown(state.at, appointment.zone) : state.why);
  }
  row["reminders"] = std::move(reminders);
  row["reminders_here"] = line;
}

}  // namespace

boost::json::object appointment_row(Desk& desk, const Appointment& appointment) {
  boost::json::object row{{"ref", appointment.ref},
                          {"starts", format_instant(appointment.starts)},
                          {"starts_here", shown(appointment.at)},
                          {"zone", appointment.zone},
                          {"address", to_string(appointment.to)}};
  if (!appointment.name.empty()) row["name"] = appointment.name;
  if (!appointment.place.empty()) row["place"] = appointment.place;
  if (!appointment.with.empty()) row["with"] = appointment.with;
  if (!appointment.bring.empty()) row["bring"] = boost::json::array(appointment.bring.begin(), appointment.bring.end());
  if (appointment.cancelled) row["cancelled"] = true;
  row["moved"] = appointment.revision;
  row["response"] = to_string(appointment.response);
  if (appointment.responded) put_moment(row, "responded", *appointment.responded, desk.content);
  put_reminders(row, desk, appointment);
  row["consent"] = to_string(store::consent_of(desk.transaction, appointment.address));
  boost::json::array tasks;
  for (const store::Task& task : store::open_tasks(desk.transaction, appointment.address))
    tasks.emplace_back(task.kind);
  row["tasks"] = std::move(tasks);
  return row;
}

}  // namespace passerelle::console
