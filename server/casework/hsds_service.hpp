// One service of an HSDS file, with what stands around it, as a row for each of its locations.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "casework/directory_csv.hpp"
#include "domain/service_fields.hpp"

namespace passerelle::casework {

struct HsdsService {
  const boost::json::object* service = nullptr;
  const boost::json::object* organization = nullptr;  // around it, or null
  std::string pointer;                                // where it stands
};

struct ReadService {
  std::vector<Service> services;
  std::vector<ServiceFault> faults;  // 'field' is a JSON pointer; then the services are not to be used
  std::string inactive;              // its ref, when it is no longer offered
};

// As casework/hsds.hpp says.
ReadService read_hsds_service(const HsdsService& found, const ServiceRules& rules, date::local_days today);

}  // namespace passerelle::casework
