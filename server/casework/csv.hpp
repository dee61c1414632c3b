// CSV as spreadsheets write it (RFC 4180), cut into cells: pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::casework {

inline constexpr std::size_t csv_bytes = 1 << 20;
inline constexpr std::size_t csv_rows = 5000;  // without the header

// What is wrong with a file, for the person who can mend it there.
struct RowError {
  std::size_t row = 1;     // as a spreadsheet numbers it: the header is row 1, a cell of two lines is still one row
  std::string column;      // its name in the header; empty: the whole row
  std::string what;        // with the remedy
  std::size_t offset = 0;  // of the byte in the file where it stands, for findings; 0 where nobody asks

  friend bool operator==(const RowError&, const RowError&) = default;
};

struct CsvRow {
  std::size_t number = 1;
  std::vector<std::string> cells;
  std::vector<std::size_t> offsets;  // where each cell begins, in bytes
};

struct Csv {
  std::vector<CsvRow> rows;       // the header first; rows whose cells are all empty are left out
  std::optional<RowError> error;  // the file cannot be cut into rows; 'rows' is then empty
};

// With or without a byte order mark; ';' or ',' as separator, whichever the header has; rows end with CRLF, LF
// or CR. Cells are trimmed of blanks. The ' that a spreadsheet's export puts before + - = @ | % (or everything that
// looks like a formula would be run as one) is taken off again, once. Bytes that are not UTF-8 stay as they are.
Csv read_csv(std::string_view text);

// A cell as it is written, so that it reads back the same: quoted, and protected by a ' where a spreadsheet would run
// it as a formula, also behind blanks and characters that nobody sees.
std::string csv_cell(std::string_view text);

}  // namespace passerelle::casework
