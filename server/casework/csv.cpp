#include "casework/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace passerelle::casework {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view no_break_space = "\xC2\xA0";

std::string_view trim(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : {std::string_view(" "), std::string_view("\t"), no_break_space}) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
      if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return text;
}

bool skip_any(std::string_view& text, std::span<const std::string_view> skipped) {
  for (const std::string_view one : skipped) {
    if (!text.starts_with(one)) continue;
    text.remove_prefix(one.size());
    return true;
  }
  return false;
}

// What spreadsheets take for the beginning of a formula, also in full width, and what they overlook in front of it.
bool is_formula(std::string_view cell) {
  constexpr std::array<std::string_view, 10> begins{"=", "+",      "-",      "@",      "|",
                                                    "%", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  constexpr std::array<std::string_view, 12> unseen{"'",      no_break_space, byte_order_mark, "\u200B",
                                                    "\u200C", "\u200D",       "\u200E",        "\u200F",
                                                    "\u2060", "\u00AD",       "\u3000",        "\u2028"};
  const auto control = [](std::string_view text) {
    return !text.empty() && static_cast<unsigned char>(text[0]) <= ' ';
  };
  while (control(cell) || skip_any(cell, unseen)) {
    if (control(cell)) cell.remove_prefix(1);
  }
  return std::ranges::any_of(begins, [cell](std::string_view one) { return cell.starts_with(one); });
}

std::string plain(std::string_view cell) {
  cell = trim(cell);
  const bool protects = cell.starts_with('\'') && is_formula(cell.substr(1));
  return std::string(protects ? cell.substr(1) : cell);
}

class CsvReader {
 public:
  // 'whole' begins where offsets are counted from.
  CsvReader(std::string_view text, std::string_view whole) : rest_(text), begin_(whole.data()) {
    const std::string_view lines = text.substr(std::min(text.find_first_not_of("\r\n"), text.size()));
    const std::string_view header = lines.substr(0, lines.find_first_of("\r\n"));
    separator_ = header.find(';') != std::string_view::npos ? ';' : ',';
  }

  Csv read() {
    while (!rest_.empty() && !csv_.error) {
      read_row();
      ++number_;
    }
    if (csv_.error) csv_.rows.clear();
    return std::move(csv_);
  }

 private:
  void fail(const std::string& what) {
    if (!csv_.error) csv_.error = RowError{number_, "", what};
  }

  void read_row() {
    CsvRow row{number_, {}, {}};
    do {
      row.offsets.push_back(static_cast<std::size_t>(rest_.data() - begin_));
      row.cells.push_back(plain(read_cell()));
    } while (take_separator());
    take_line_end();
    const bool empty = std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); });
    if (empty) return;
    csv_.rows.push_back(std::move(row));
    if (csv_.rows.size() > csv_rows + 1) {
      fail(fmt::format("the file has more than {} rows; cut it into several", csv_rows));
    }
  }

  bool at(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool at_cell_end() const { return rest_.empty() || at(separator_) || at('\r') || at('\n'); }

  std::string read_cell() {
    const std::size_t blanks = std::min(rest_.find_first_not_of(' '), rest_.size());
    if (rest_.substr(blanks).starts_with('"')) {
      rest_.remove_prefix(blanks + 1);
      return read_quoted();
    }
    const char ends[] = {separator_, '\r', '\n'};
    const std::size_t length = std::min(rest_.find_first_of(std::string_view(ends, 3)), rest_.size());
    const std::string cell(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return cell;
  }

  // After the opening quote. A quote inside is written twice.
  std::string read_quoted() {
    std::string cell;
    while (true) {
      const std::size_t length = rest_.find('"');
      if (length == std::string_view::npos) {
        fail("a cell begins with \" and has no closing \"");
        rest_.remove_prefix(rest_.size());
        return cell;
      }
      cell += rest_.substr(0, length);
      rest_.remove_prefix(length + 1);
      if (!at('"')) break;
      cell += '"';
      rest_.remove_prefix(1);
    }
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    if (!at_cell_end()) fail("after a closing \" the cell must end; a \" inside a cell is written twice");
    return cell;
  }

  bool take_separator() {
    if (!at(separator_) || csv_.error) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void take_line_end() {
    if (at('\r')) {
      rest_.remove_prefix(1);
      if (at('\n')) rest_.remove_prefix(1);
    } else if (at('\n')) {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  const char* begin_;
  char separator_ = ',';
  std::size_t number_ = 1;
  Csv csv_;
};

Csv refused(const std::string& what) { return {{}, RowError{1, "", what}}; }

}  // namespace

Csv read_csv(std::string_view text) {
  if (text.size() > csv_bytes)
    return refused(fmt::format("the file is larger than {} bytes; cut it into several", csv_bytes));
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return refused("the file is UTF-16; save it as 'CSV UTF-8'");
  const std::string_view whole = text;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return CsvReader(text, whole).read();
}

std::string csv_cell(std::string_view text) {
  const std::string protected_text = (is_formula(text) ? "'" : "") + std::string(text);
  if (protected_text.find_first_of("\",;\r\n") == std::string::npos && trim(text) == text) return protected_text;
  std::string cell = "\"";
  for (const char c : protected_text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + '"';
}

}  // namespace passerelle::casework
