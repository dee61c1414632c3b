#include "cli/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace passerelle::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view here = "_here";

using Row = std::vector<std::string>;

// Code points, which is what a terminal's columns are for the scripts that stand in columns to be aligned.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string cell(const json::value& value) {
  if (value.is_null()) return "";
  if (const auto* text = value.if_string()) return harmless(*text);
  if (const auto* flag = value.if_bool()) return *flag ? "yes" : "no";
  std::string joined;
  if (const auto* array = value.if_array()) {
    for (const json::value& item : *array) joined += (joined.empty() ? "" : ", ") + cell(item);
    return joined;
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, item] : *object)
      joined += (joined.empty() ? "" : ", ") + std::string(key) + " " + cell(item);
    return joined;
  }
  return harmless(json::serialize(value));
}

// "opened_here" → "opened"; "last_text" → "last text".
std::string title(std::string_view key) {
  std::string words(key.substr(0, key.size() - (key.ends_with(here) ? here.size() : 0)));
  std::ranges::replace(words, '_', ' ');
  return words;
}

bool is_told_better(const json::object& object, std::string_view key) {
  return object.contains(std::string(key) + std::string(here));
}

std::vector<std::string> columns_of(const json::array& rows) {
  std::vector<std::string> columns;
  for (const json::value& row : rows) {
    if (!row.is_object()) continue;
    for (const auto& item : row.get_object()) {
      const std::string key(item.key());
      if (is_told_better(row.get_object(), key) || std::ranges::find(columns, key) != columns.end()) continue;
      columns.push_back(key);
    }
  }
  return columns;
}

struct Column {
  std::string key;
  std::size_t most = std::string::npos;  // characters
};

Column read_column(std::string_view wish) {
  const auto colon = wish.find(':');
  Column column{std::string(wish.substr(0, colon))};
  if (colon != std::string_view::npos) {
    std::from_chars(wish.data() + colon + 1, wish.data() + wish.size(), column.most);
  }
  return column;
}

std::string lines_of(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - width(row[i]) + 2, ' ');
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string table(const json::array& rows, const std::vector<Column>& columns) {
  std::vector<Row> all(1);
  for (const Column& column : columns) {
    all.front().push_back(title(column.key));
    std::ranges::transform(all.front().back(), all.front().back().begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  }
  for (const json::value& row : rows) {
    Row& cells = all.emplace_back();
    for (const Column& column : columns) {
      const auto* value = row.is_object() ? row.get_object().if_contains(column.key) : nullptr;
      cells.push_back(value == nullptr ? "" : cell(*value).substr(0, column.most));
    }
  }
  return lines_of(all);
}

bool is_list_of_objects(const json::value& value) {
  return value.is_array() && !value.get_array().empty() && value.get_array().front().is_object();
}

std::string list(std::string_view key, const json::array& rows, const Layout& layout) {
  std::vector<Column> columns;
  if (layout.list == key) {
    std::ranges::transform(layout.columns, std::back_inserter(columns), read_column);
  } else {
    for (std::string& name : columns_of(rows)) columns.push_back({std::move(name)});
  }
  return table(rows, columns);
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::string_view rest = text.substr(i);
    const bool c1 = byte == 0xC2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0;
    // U+202A to U+202E and U+2066 to U+2069
    const bool direction = rest.size() > 2 && rest[0] == '\xE2' &&
                           ((rest[1] == '\x80' && rest[2] >= '\xAA' && rest[2] <= '\xAE') ||
                            (rest[1] == '\x81' && rest[2] >= '\xA6' && rest[2] <= '\xA9'));
    if (byte < 0x20 || byte == 0x7F || c1 || direction) {
      safe += ' ';
      i += direction ? 2 : c1 ? 1 : 0;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

std::string for_people(const json::object& answer, const Layout& layout) {
  std::string tables, lines;
  for (const auto& item : answer) {
    const std::string_view key = item.key();
    if (is_told_better(answer, key)) continue;
    if (is_list_of_objects(item.value())) {
      tables += (tables.empty() ? "" : "\n") + list(key, item.value().get_array(), layout);
    } else {
      const std::string text = cell(item.value());
      lines += title(key) + ": " + (text.empty() ? "none" : text) + "\n";
    }
  }
  return tables + (tables.empty() || lines.empty() ? "" : "\n") + lines;
}

}  // namespace passerelle::cli
