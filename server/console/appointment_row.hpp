// An appointment as staff see it: the time by the clock of its place, the answer, and what became of its reminders.
#pragma once

#include <boost/json/object.hpp>

#include "console/operations.hpp"
#include "domain/appointment.hpp"

namespace passerelle::console {

boost::json::object appointment_row(Desk& desk, const Appointment& appointment);

}  // namespace passerelle::console
