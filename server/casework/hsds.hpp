// The directory in the shape of HSDS 3 (Open Referral), services with all that belongs to them inside: read and
// written. What HSDS has a place for goes there; what is only ours is an attribute with a taxonomy of our own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "casework/directory_csv.hpp"

namespace passerelle::casework {

inline constexpr std::size_t hsds_bytes = 3 << 20;

// Reads a page of services, a list of them, one alone, or organizations with theirs. Fields that we do not know are
// ignored. A row of an error is the number of the service in the file, from 1, its column a JSON pointer; of a text
// that is no JSON, line and column. What a file of others does not tell:
//   needs: terms that are called as ours; else other          zone: that of the rules
//   seen: assured_date, last_modified, else today              expires: half a year later, or when its schedule ends
//   owner: assurer_email, the e-mail address or the name of the organization; source: its website or name
// A service at several locations becomes several, and its ref is then followed by @ and the location's id. Times are
// taken as the clock there shows them, also with a Z or an offset. A schedule that is not weekly tells no hours.
ServiceRows read_hsds(std::string_view json, const ServiceRules& rules, date::local_days today);

// As a page of services that is the only one. 'country': two letters.
std::string write_hsds(std::span<const Service> services, const std::string& country, TimePoint now);

}  // namespace passerelle::casework
