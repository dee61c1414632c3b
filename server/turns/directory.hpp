// The association's own services, directory.csv: read when the content is loaded, kept where none are kept yet.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "casework/directory.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// What services are checked against: the phrasebook, and the clock of the main place.
casework::ServiceRules service_rules(const Content& content);

std::vector<Service> read_directory(const std::string& file, const std::string& csv,
                                    const casework::ServiceRules& rules, Findings& findings);

}  // namespace passerelle::turns
