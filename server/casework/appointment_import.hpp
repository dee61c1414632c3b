// The appointments of a file: all of them, or (unless 'partial' is asked for) none.
#pragma once

#include <string_view>
#include <vector>

#include "casework/appointment_csv.hpp"
#include "casework/appointments.hpp"

namespace passerelle::casework {

struct ImportedRow {
  std::size_t row = 1;
  Locale language;  // as the file says
  Scheduled scheduled;
};

struct Import {
  std::vector<ImportedRow> added;
  std::vector<RowError> errors;  // in the order of the rows
};

// 'partial': the rows without an error are added beside those with one.
Import import_appointments(store::Transaction& transaction, std::string_view csv, const Known& known, bool partial,
                           TimePoint now);

}  // namespace passerelle::casework
