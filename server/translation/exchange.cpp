#include "translation/exchange.hpp"

#include <array>
#include <utility>

namespace passerelle::translation {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> names{
    {{"xliff12", Format::xliff12}, {"xliff20", Format::xliff20}, {"po", Format::po}, {"csv", Format::csv}}};

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  for (const auto& [known, format] : names) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::string write(const Units& units, Format format) {
  switch (format) {
    case Format::xliff12: return write_xliff12(units);
    case Format::xliff20: return write_xliff20(units);
    case Format::po: return write_po(units);
    case Format::csv: return write_csv(units);
  }
  return {};
}

ReadRows read(Format format, const std::string& file, const std::string& text, Findings& findings) {
  switch (format) {
    case Format::xliff12:
    case Format::xliff20: return read_xliff(file, text, findings);
    case Format::po: return read_po(file, text, findings);
    case Format::csv: return read_csv_rows(file, text, findings);
  }
  return {};
}

}  // namespace passerelle::translation
