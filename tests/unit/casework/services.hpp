// Services that an import takes as they are, for the tests of its formats.
#pragma once

#include <string>
#include <vector>

#include "casework/directory_csv.hpp"
#include "domain/opening_text.hpp"
#include "support/directory.hpp"

namespace passerelle::casework {

inline const ServiceRules rules{{"papers", "letter", "photo"}, "Europe/Zurich"};

inline std::vector<Service> sound_services(std::size_t count) {
  testing::DirectoryMaker maker(11);
  std::vector<Service> services = maker.services(count);
  for (Service& service : services) {
    const bool talk = serves(service, Need::talk);
    service.sensitive = talk || maker.chance(10);
    if (service.sensitive) service.neutral_name = "Salon, \"vert\"";
    if (maker.chance(60)) service.provider = "Association; d'ici";
    if (maker.chance(60)) service.phone = "+33 3 53 01 00 12";
    if (!service.area.empty() && maker.chance(60)) service.address = "Rue du Pont 3";
    if (maker.chance(40)) service.bring = {"papers", "photo"};
    service.cost = static_cast<Cost>(maker.up_to(2));
    service.source = "=fiction";
    service.owner = "Anne";
    service.seen = parse_day("2027-01-10");
    service.expires = *service.seen + date::days(maker.up_to(700));
    service.opening = ordered(service.opening);
  }
  return services;
}

inline std::string told(const ServiceRows& read) {
  std::string text;
  for (const RowError& error : read.errors)
    text += std::to_string(error.row) + "/" + error.column + ": " + error.what + "\n";
  return text;
}

}  // namespace passerelle::casework
