#include "casework/directory_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "casework/csv_table.hpp"
#include "domain/service_fields.hpp"

namespace passerelle::casework {
namespace {

std::vector<RowError> missing_columns(std::size_t row, const std::vector<std::string>& columns) {
  std::vector<RowError> errors;
  for (const char* name : {"ref", "name", "needs", "source", "owner", "seen", "expires"}) {
    if (std::ranges::count(columns, name) == 0)
      errors.push_back({row, name, fmt::format("the column is missing: name one column '{}'", name)});
  }
  return errors;
}

void read_row(const TableRow& row, const ServiceRules& rules, ServiceRows& into) {
  const std::size_t before = into.errors.size();
  const auto add = [&](const std::string& field, const std::string& what) {
    const auto offset = row.offsets.find(field);
    into.errors.push_back({row.number, field, what, offset == row.offsets.end() ? 0 : offset->second});
  };
  ServiceRow read{row.number, {}, false};
  for (const auto& [field, cell] : row.cells) {
    if (field.empty()) continue;
    if (const auto set = set_field(read.service, field, cell); !set) add(field, set.error().what);
  }
  if (read.service.zone.empty()) read.service.zone = rules.zone;
  if (into.errors.size() > before) return;  // what could not be read would be told as missing
  for (const ServiceFault& fault : check(read.service, rules.bring, rules.country)) add(fault.field, fault.what);
  if (into.errors.size() > before) return;
  read.counts_places = row.cells.contains("free_places");
  into.rows.push_back(std::move(read));
}

}  // namespace

void refuse_doubles(ServiceRows& read, const std::string& column) {
  std::map<std::string, std::size_t> seen;
  std::vector<RowError> doubles;
  std::erase_if(read.rows, [&](const ServiceRow& row) {
    const auto [first, fresh] = seen.try_emplace(row.service.ref, row.number);
    if (!fresh)
      doubles.push_back({row.number, column,
                         fmt::format("'{}' stands in row {} already: give each service a ref of its own",
                                     row.service.ref, first->second)});
    return !fresh;
  });
  read.errors = by_row(read.errors, doubles);
}

ServiceRows read_directory_csv(std::string_view csv, const ServiceRules& rules) {
  const Table table = read_table(csv, {"the directory", service_fields(), missing_columns});
  ServiceRows read;
  for (const TableRow& row : table.rows) read_row(row, rules, read);
  read.errors = by_row(table.errors, read.errors);
  refuse_doubles(read, "ref");
  return read;
}

std::string write_directory_csv(std::span<const Service> services) {
  std::string csv;
  const auto end_row = [&csv] { csv.back() = '\n'; };
  for (const std::string& field : service_fields()) csv += field + ',';
  end_row();
  for (const Service& service : services) {
    for (const std::string& field : service_fields()) csv += csv_cell(field_text(service, field)) + ',';
    end_row();
  }
  return csv;
}

}  // namespace passerelle::casework
