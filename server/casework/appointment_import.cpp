#include "casework/appointment_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace passerelle::casework {
namespace {

class Importer {
 public:
  Importer(store::Transaction& transaction, const Known& known, TimePoint now)
      : transaction_(transaction), known_(known), now_(now) {}

  // Nothing is written before every row has been looked at.
  Import run(std::string_view csv, bool partial) {
    AppointmentRows read = read_appointments(csv, known_.association.country);
    address_column_ = read.address_column;
    for (AppointmentRow& row : read.rows) look_at(row);
    std::ranges::merge(read.errors, errors_, std::back_inserter(import_.errors), {}, &RowError::row, &RowError::row);
    if (!import_.errors.empty() && !partial) return std::move(import_);
    for (const AppointmentRow* row : sound_) {
      import_.added.push_back({row->number, row->appointment.language, add(transaction_, row->appointment, now_)});
    }
    return std::move(import_);
  }

 private:
  void look_at(AppointmentRow& row) {
    std::vector<FieldError> errors = check(transaction_, row.appointment, known_, now_);
    if (errors.empty()) errors = taken_in_file(row);
    for (const FieldError& error : errors) {
      errors_.push_back({row.number, column_of(error.field), error.what});
    }
    if (errors.empty()) sound_.push_back(&row);
  }

  // The same row twice, or two people who share a phone: only whoever wrote the file knows.
  std::vector<FieldError> taken_in_file(const AppointmentRow& row) {
    const NewAppointment& one = row.appointment;
    const auto [first, fresh] = rows_.try_emplace({one.to, to_instant(one.at, one.zone)}, row.number);
    if (fresh) return {};
    return {{"at", fmt::format("row {} has an appointment for this address at this time already: keep one of them",
                               first->second)}};
  }

  std::string column_of(const std::string& field) const {
    if (field == "to") return address_column_;
    return field == "at" ? "date" : field;
  }

  store::Transaction& transaction_;
  const Known& known_;
  TimePoint now_;
  std::string address_column_;
  std::map<std::pair<Address, TimePoint>, std::size_t> rows_;
  std::vector<const AppointmentRow*> sound_;
  std::vector<RowError> errors_;  // of rows that could be read
  Import import_;
};

}  // namespace

Import import_appointments(store::Transaction& transaction, std::string_view csv, const Known& known, bool partial,
                           TimePoint now) {
  return Importer(transaction, known, now).run(csv, partial);
}

}  // namespace passerelle::casework
