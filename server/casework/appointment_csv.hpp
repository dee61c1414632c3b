// A list of appointments out of a spreadsheet: CSV to rows, and every error with its row, column and remedy. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "casework/csv.hpp"
#include "casework/new_appointment.hpp"

namespace passerelle::casework {

struct AppointmentRow {
  std::size_t number = 1;
  NewAppointment appointment;
};

struct AppointmentRows {
  std::vector<AppointmentRow> rows;  // those without an error
  std::vector<RowError> errors;      // in the order of the rows
  std::string address_column;        // address or phone, whichever the header has
};

// The header names the columns, in any order: address ("sms:+41791234567") or phone ("+41 79 123 45 67", with a
// column channel), date (28.03.2027 or 2027-03-28), time (14:30), and if there are any: channel, language, zone,
// place, with, bring ("papers, letter"), name. Whether channels, places and so on exist is casework::complete's to say.
AppointmentRows read_appointments(std::string_view csv, std::string_view country);

}  // namespace passerelle::casework
