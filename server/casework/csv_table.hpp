// A CSV file as a table whose header names the columns: rows by column, and what is wrong with header and cells. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "casework/csv.hpp"

namespace passerelle::casework {

struct TableShape {
  std::string_view of;                    // "appointments", as errors say it
  const std::vector<std::string>& names;  // the columns that there may be
  // Columns that the header lacks, and the like.
  std::vector<RowError> (*lacks)(std::size_t row, const std::vector<std::string>& columns);
};

struct TableRow {
  std::size_t number = 1;
  std::map<std::string, std::string> cells;    // by column; spreadsheets leave out empty cells at the end, we do not
  std::map<std::string, std::size_t> offsets;  // where they stand in the file
};

struct Table {
  std::size_t header = 1;            // its row
  std::vector<std::string> columns;  // in small letters
  std::vector<TableRow> rows;        // those without an error
  std::vector<RowError> errors;      // of the header, and then there are no rows; or of single rows
};

Table read_table(std::string_view csv, const TableShape& shape);

// Both in the order of the rows, as one.
std::vector<RowError> by_row(const std::vector<RowError>& some, const std::vector<RowError>& others);

std::string small_letters(std::string text);   // A to Z only
std::string in_quotes(std::string_view cell);  // for an error: in quotes, and short whatever was in it

}  // namespace passerelle::casework
