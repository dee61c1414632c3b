// CSV with a header: key, source, translation, note. Spreadsheets change much; what must not change is the key.
#include "casework/csv.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "translation/exchange.hpp"

namespace passerelle::translation {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // or spreadsheets take UTF-8 for something else
constexpr std::array<std::string_view, 4> columns{"key", "source", "translation", "note"};

void add_line(std::string& out, const std::array<std::string_view, 4>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + casework::csv_cell(cells[i]);
  out += "\r\n";
}

class CsvReader {
 public:
  CsvReader(const std::string& file, const std::string& text, Findings& findings)
      : file_(file), text_(text), findings_(findings) {}

  ReadRows read() {
    const casework::Csv csv = casework::read_csv(text_);
    if (csv.error) {
      const std::string row = "row " + std::to_string(csv.error->row) + ": ";
      findings_.push_back({position_of(file_, text_, csv.error->offset), row + csv.error->what, ""});
      return {};
    }
    if (csv.rows.empty() || !find_columns(csv.rows.front())) return {};
    ReadRows read;
    for (std::size_t i = 1; i < csv.rows.size(); ++i) add(csv.rows[i], read.rows);
    return read;
  }

 private:
  bool find_columns(const casework::CsvRow& header) {
    for (std::size_t wanted = 0; wanted < columns.size(); ++wanted) {
      const auto found = std::ranges::find(header.cells, columns[wanted]);
      if (found == header.cells.end() && columns[wanted] != "note") {
        findings_.push_back({{file_, 1, 1},
                             "row 1: there is no column '" + std::string(columns[wanted]) + "'",
                             "keep the first row as it was exported: key, source, translation, note"});
        return false;
      }
      place_[wanted] = static_cast<std::size_t>(found - header.cells.begin());
    }
    return true;
  }

  void add(const casework::CsvRow& row, std::vector<Row>& rows) {
    const auto cell = [&](std::size_t column) {
      std::string found = place_[column] < row.cells.size() ? row.cells[place_[column]] : std::string();
      std::erase(found, '\r');  // a line of a cell may have become CRLF
      return found;
    };
    const Position at = position_of(file_, text_, row.offsets.empty() ? 0 : row.offsets.front());
    if (cell(0).empty()) {
      findings_.push_back({at, "row " + std::to_string(row.number) + " has no key", "take the row out"});
      return;
    }
    rows.push_back({cell(0), cell(1), cell(2), at});
  }

  const std::string& file_;
  const std::string& text_;
  Findings& findings_;
  std::array<std::size_t, 4> place_{};
};

}  // namespace

std::string write_csv(const Units& units) {
  std::string out(byte_order_mark);
  add_line(out, columns);
  for (const Unit& unit : units.all) add_line(out, {unit.key, unit.source, unit.target, unit.note});
  return out;
}

ReadRows read_csv_rows(const std::string& file, const std::string& text, Findings& findings) {
  return CsvReader(file, text, findings).read();
}

}  // namespace passerelle::translation
