#include "casework/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/nearest.hpp"
#include "domain/utf8.hpp"

namespace passerelle::casework {
namespace {

constexpr std::size_t most_columns = 64;

std::string cut(std::string_view cell) {
  constexpr std::size_t longest = 40;
  if (cell.size() <= longest) return std::string(cell);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) --end;  // not inside a letter
  return fmt::format("{}…", cell.substr(0, end));
}

bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }

// Empty: the cell can be read.
std::string unreadable(const std::string& cell) {
  if (valid_utf8(cell) != cell) return "holds letters that are not UTF-8: save the file as 'CSV UTF-8'";
  const bool control = std::any_of(cell.begin(), cell.end(), is_control);
  return control ? "holds a line break or another control character: write it in one line" : "";
}

std::vector<RowError> header_errors(const CsvRow& header, const std::vector<std::string>& columns,
                                    const TableShape& shape) {
  const std::size_t row = header.number;
  if (columns.size() > most_columns) return {{row, "", fmt::format("has more than {} columns", most_columns)}};
  std::vector<RowError> errors;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& column = columns[i];
    const std::string problem = unreadable(column);
    if (!problem.empty()) return {{row, "", problem, header.offsets[i]}};
    const bool known = std::ranges::count(shape.names, column) > 0;
    if (known || column.empty()) continue;  // what stands under no name is told with its row
    errors.push_back({row, cut(column),
                      fmt::format("is not a column of {}; {}", shape.of, suggest(cut(column), shape.names)),
                      header.offsets[i]});
  }
  for (const std::string& name : shape.names) {
    if (std::ranges::count(columns, name) > 1)
      errors.push_back({row, name, "stands in the header twice: keep one of the columns"});
  }
  const std::vector<RowError> lacks = shape.lacks(row, columns);
  errors.insert(errors.end(), lacks.begin(), lacks.end());
  return errors;
}

// What cannot be read is added to the errors.
TableRow by_column(const CsvRow& row, const std::vector<std::string>& columns, std::vector<RowError>& errors) {
  TableRow named{row.number, {}, {}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string cell = i < row.cells.size() ? row.cells[i] : "";
    const std::size_t offset = i < row.cells.size() ? row.offsets[i] : row.offsets.front();
    const std::string problem = unreadable(cell);
    if (!problem.empty()) errors.push_back({row.number, columns[i], problem, offset});
    if (columns[i].empty() && !cell.empty())
      errors.push_back({row.number, "", "a cell stands in a column without a name", offset});
    named.cells[columns[i]] = cell;
    named.offsets[columns[i]] = offset;
  }
  if (row.cells.size() > columns.size()) {
    errors.push_back({row.number, "", "has more cells than the header: put \" around a cell that holds the separator",
                      row.offsets[columns.size()]});
  }
  return named;
}

}  // namespace

Table read_table(std::string_view csv, const TableShape& shape) {
  const Csv read = read_csv(csv);
  Table table;
  if (read.error) table.errors = {*read.error};
  if (!read.error && read.rows.empty()) table.errors = {{1, "", "the file is empty"}};
  if (!table.errors.empty()) return table;
  const CsvRow& header = read.rows.front();
  table.header = header.number;
  for (const std::string& name : header.cells) table.columns.push_back(small_letters(name));
  table.errors = header_errors(header, table.columns, shape);
  if (!table.errors.empty()) return table;
  for (std::size_t i = 1; i < read.rows.size(); ++i) {
    std::vector<RowError> errors;
    TableRow row = by_column(read.rows[i], table.columns, errors);
    if (errors.empty()) table.rows.push_back(std::move(row));
    table.errors.insert(table.errors.end(), errors.begin(), errors.end());
  }
  return table;
}

std::vector<RowError> by_row(const std::vector<RowError>& some, const std::vector<RowError>& others) {
  std::vector<RowError> all;
  std::ranges::merge(some, others, std::back_inserter(all), {}, &RowError::row, &RowError::row);
  return all;
}

std::string small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string in_quotes(std::string_view cell) { return fmt::format("'{}'", cut(cell)); }

}  // namespace passerelle::casework
