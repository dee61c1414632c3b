#include "turns/directory.hpp"

#include "turns/appointment_words.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {

casework::ServiceRules service_rules(const Content& content) {
  return {phrasebook(content), std::string(site_zone(content)), content.association.country};
}

std::vector<Service> read_directory(const std::string& file, const std::string& csv,
                                    const casework::ServiceRules& rules, Findings& findings) {
  casework::ServiceRows read = casework::read_directory_csv(csv, rules);
  for (const casework::RowError& error : read.errors) {
    const std::string column = error.column.empty() ? "" : error.column + ": ";
    findings.push_back({position_of(file, csv, error.offset), column + error.what, ""});
  }
  std::vector<Service> services;
  for (casework::ServiceRow& row : read.rows) services.push_back(std::move(row.service));
  return services;
}

}  // namespace passerelle::turns
