// The fields of a service as texts: one table for the columns of a spreadsheet, for the store and for other formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/service.hpp"

namespace passerelle {

const std::vector<std::string>& service_fields();  // in the order of the columns; ref is the first

// As it is written down; empty: not set.
std::string field_text(const Service& service, std::string_view field);
// Reads a field's text; what cannot be read is told with its remedy, and the service is left as it was. An empty text
// takes the field back. 'field' is one of service_fields().
result<void> set_field(Service& service, std::string_view field, std::string_view text);

struct ServiceFault {
  std::string field;
  std::string what;  // with the remedy
};

// What a service lacks or contradicts. 'bring': the ids of the phrasebook.
std::vector<ServiceFault> check(const Service& service, const std::vector<std::string>& bring,
                                std::string_view country);

// As the store keeps it. Throws std::runtime_error on what save() has not written.
std::string save(const Service& service);
Service load_service(std::string_view saved);

}  // namespace passerelle
