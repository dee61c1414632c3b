// The directory as a spreadsheet: services to CSV and back, and every error with its row, column and remedy. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/csv.hpp"
#include "domain/service.hpp"

namespace passerelle::casework {

// What a file of services is checked against, and what it may leave out.
struct ServiceRules {
  std::vector<std::string> bring;  // ids of the phrasebook
  std::string zone;                // of a service that names none
  std::string country = {};        // where phone numbers without their country's code are dialled
};

struct ServiceRow {
  std::size_t number = 1;
  Service service;
  bool counts_places = false;  // the file says how many are free; otherwise what staff have entered stays
};

struct ServiceRows {
  std::vector<ServiceRow> rows;       // those without an error
  std::vector<RowError> errors;       // in the order of the rows
  std::vector<std::string> inactive;  // refs that the file names as no longer offered
};

// The header names columns of domain/service_fields.hpp, in any order; ref, name, needs, source, owner, seen and
// expires must be there. A ref stands once.
ServiceRows read_directory_csv(std::string_view csv, const ServiceRules& rules);
std::string write_directory_csv(std::span<const Service> services);

// Adds an error for a ref that stands twice, and leaves the second one out.
void refuse_doubles(ServiceRows& read, const std::string& column);

}  // namespace passerelle::casework
