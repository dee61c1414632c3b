// libFuzzer: no file crashes the import; every row is either read or told to be wrong, and what was read comes back the
// same when it is written down again.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "casework/appointment_csv.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

void expect(bool holds) {
  if (!holds) std::abort();
}

// As a spreadsheet's export writes a cell, protected from being run as a formula.
std::string cell(const std::string& text) {
  std::string out = text.find_first_of("+-=@|%") == 0 ? "'" : "";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return '"' + out + '"';
}

std::string write(const casework::NewAppointment& one) {
  std::string bring;
  for (const std::string& thing : one.bring) bring += thing + ' ';
  const std::string address = one.to.channel.empty() ? one.to.user : one.to.channel + ':' + one.to.user;
  return fmt::format("{};{};{};{};{};{};{};{};{}\r\n", cell(address), cell(one.language), cell(format_date(one.at)),
                     cell(format_time(one.at)), cell(one.zone), cell(one.place), cell(one.with), cell(bring),
                     cell(one.name));
}

void check_rows(const casework::AppointmentRows& read) {
  expect(read.rows.size() <= casework::csv_rows);
  std::set<std::size_t> wrong;
  for (const casework::RowError& error : read.errors) {
    expect(!error.what.empty() && valid_utf8(error.what) == error.what);
    wrong.insert(error.row);
  }
  std::size_t last = 1;
  for (const casework::AppointmentRow& row : read.rows) {
    expect(row.number > last && !wrong.contains(row.number));
    expect(!row.appointment.to.user.empty() && valid_utf8(row.appointment.name) == row.appointment.name);
    last = row.number;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const casework::AppointmentRows read = casework::read_appointments(text, "CH");
  check_rows(read);
  for (const casework::AppointmentRow& row : read.rows) {
    const casework::NewAppointment& one = row.appointment;
    // No channel has a colon in its name (casework::complete), and a user of none that has one has no other spelling.
    const std::string& ambiguous = one.to.channel.empty() ? one.to.user : one.to.channel;
    if (ambiguous.find(':') != std::string::npos) continue;
    const auto again =
        casework::read_appointments("address;language;date;time;zone;place;with;bring;name\r\n" + write(one), "CH");
    expect(again.errors.empty() && again.rows.size() == 1 && again.rows[0].appointment == one);
  }
  return 0;
}
