// The files that translators' programs open, and back: XLIFF 1.2 and 2.0, PO, CSV. Pure: texts in, texts out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "translation/units.hpp"

namespace passerelle::translation {

enum class Format { xliff12, xliff20, po, csv };

std::optional<Format> format_named(std::string_view name);
inline constexpr std::string_view format_names = "xliff12, xliff20, po, csv";

std::string write(const Units& units, Format format);

// One row of a file that came back.
struct Row {
  std::string key;
  std::string source;
  std::string target;  // empty: not translated
  Position at;
};

struct ReadRows {
  Locale locale;  // empty: the file does not say
  std::vector<Row> rows;
};

ReadRows read(Format format, const std::string& file, const std::string& text, Findings& findings);

// Each in a file of its own; the readers report findings at their lines.
std::string write_po(const Units& units);
std::string write_csv(const Units& units);
std::string write_xliff12(const Units& units);
std::string write_xliff20(const Units& units);
ReadRows read_po(const std::string& file, const std::string& text, Findings& findings);
ReadRows read_csv_rows(const std::string& file, const std::string& text, Findings& findings);
ReadRows read_xliff(const std::string& file, const std::string& text, Findings& findings);

}  // namespace passerelle::translation
