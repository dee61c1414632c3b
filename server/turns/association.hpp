// Reads an association's folder: association.yaml with its places, and the emergency numbers of its country.
#pragma once

#include <string>

#include "base/finding.hpp"
#include "domain/place.hpp"

namespace passerelle::turns {

Association read_association(const std::string& file, const std::string& text, Findings& findings);

// config/emergency.yaml: country → numbers ("*": no association yet). Empty, with a finding, for a country it does not
// know.
EmergencyNumbers read_emergency_numbers(const std::string& file, const std::string& text, const std::string& country,
                                        Findings& findings);

}  // namespace passerelle::turns
