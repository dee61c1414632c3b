#include "casework/appointments.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "store/activity.hpp"
#include "store/address.hpp"
#include "store/event.hpp"

namespace passerelle::casework {
namespace {

std::string shown(CivilTime at) { return format_date(at) + ' ' + format_time(at); }

void record(store::Transaction& transaction, const char* event, const Appointment& appointment,
            const std::string& detail, TimePoint now) {
  log::info(event, {{"invitation", appointment.invitation.value}, {"revision", appointment.revision}});
  store::add_event(transaction, event, appointment.invitation.value, detail, now);
}

// What an address has at this very time, besides 'itself'.
std::optional<FieldError> taken(store::Transaction& transaction, const Address& to, CivilTime at,
                                const std::string& zone, ActivityId itself) {
  const AddressId address = store::find_address(transaction, to);
  if (!address) return std::nullopt;
  const TimePoint starts = to_instant(at, zone);
  for (const Appointment& other : store::appointments_of(transaction, address, starts - Milliseconds(1), 2)) {
    if (other.starts != starts || other.activity == itself) continue;
    return FieldError{"at", fmt::format("there is an appointment for this address on {} already: move or cancel {}",
                                        shown(at), other.ref)};
  }
  return std::nullopt;
}

// As if it were entered now, with what changes.
NewAppointment changed(const Appointment& appointment, const Move& change) {
  NewAppointment entered;
  entered.to = appointment.to;
  entered.at = change.at;
  entered.place = change.place.value_or(appointment.place);
  entered.with = change.with.value_or(appointment.with);
  // The clock of its place counts, unless it is told no place.
  const std::string otherwise = entered.place.empty() ? appointment.zone : "";
  entered.zone = change.zone.value_or(otherwise);
  return entered;
}

bool same(const Appointment& appointment, const NewAppointment& entered) {
  return to_instant(entered.at, entered.zone) == appointment.starts && entered.place == appointment.place &&
         entered.with == appointment.with;
}

}  // namespace

std::vector<FieldError> check(store::Transaction& transaction, NewAppointment& appointment, const Known& known,
                              TimePoint now) {
  std::vector<FieldError> errors = complete(appointment, known, now);
  if (!errors.empty()) return errors;
  if (auto other = taken(transaction, appointment.to, appointment.at, appointment.zone, {})) errors.push_back(*other);
  return errors;
}

Scheduled add(store::Transaction& transaction, const NewAppointment& entered, TimePoint now) {
  Appointment made;
  made.to = entered.to;
  made.at = entered.at;
  made.zone = entered.zone;
  made.starts = to_instant(entered.at, entered.zone);
  made.place = entered.place;
  made.with = entered.with;
  made.bring = entered.bring;
  made.name = entered.name;
  store::insert_appointment(transaction, made, now);
  record(transaction, "appointment.added", made, "", now);
  auto reminders = schedule_reminders(transaction, made, now);
  return {std::move(made), std::move(reminders)};
}

result<Scheduled> move(store::Transaction& transaction, const Appointment& appointment, const Move& change,
                       const Known& known, TimePoint now) {
  if (appointment.cancelled) return Error{"it is cancelled: add a new appointment", "appointment"};
  NewAppointment entered = changed(appointment, change);
  for (const FieldError& error : complete(entered, known, now)) return Error{error.what, error.field};
  if (same(appointment, entered)) return Error{"that is what the appointment is already", "at"};
  if (const auto other = taken(transaction, entered.to, entered.at, entered.zone, appointment.activity)) {
    return Error{other->what, other->field};
  }
  Appointment moved = appointment;
  moved.at = entered.at;
  moved.zone = entered.zone;
  moved.starts = to_instant(entered.at, entered.zone);
  moved.place = entered.place;
  moved.with = entered.with;
  moved.revision += 1;
  moved.response = Response::none;
  moved.responded.reset();
  store::update_appointment(transaction, moved, now);
  const boost::json::object detail{
      {"revision", moved.revision}, {"from", shown(appointment.at)}, {"to", shown(moved.at)}};
  record(transaction, "appointment.moved", moved, boost::json::serialize(detail), now);
  drop_reminders(transaction, moved);
  auto reminders = schedule_reminders(transaction, moved, now);
  return Scheduled{std::move(moved), std::move(reminders)};
}

result<Appointment> cancel(store::Transaction& transaction, const Appointment& appointment, TimePoint now) {
  if (appointment.cancelled) return Error{"it is cancelled already", "appointment"};
  if (appointment.starts <= now) {
    return Error{fmt::format("it began on {}: there is nothing left to cancel", shown(appointment.at)), "appointment"};
  }
  Appointment cancelled = appointment;
  cancelled.cancelled = true;
  store::update_appointment(transaction, cancelled, now);
  record(transaction, "appointment.cancelled", cancelled, "", now);
  drop_reminders(transaction, cancelled);
  return cancelled;
}

result<Appointment> respond(store::Transaction& transaction, InvitationId invitation, Response response,
                            TimePoint now) {
  std::optional<Appointment> found = store::find_appointment(transaction, invitation);
  if (!found) return Error{"there is no such invitation", ""};
  if (found->cancelled) return Error{"the appointment is cancelled", ""};
  if (found->starts <= now) return Error{"the appointment has begun", ""};
  // Who cannot come and then asks to be called still cannot come: the reminders stay away.
  const bool still_declined = found->response == Response::declined && response == Response::call_me;
  if (!still_declined) found->response = response;
  found->responded = now;
  store::update_appointment(transaction, *found, now);
  record(transaction, "appointment.answered", *found, std::string(to_string(response)), now);
  return *std::move(found);
}

}  // namespace passerelle::casework
