#include "console/moment.hpp"

#include "base/zone.hpp"

namespace passerelle::console {

std::string site_zone(const turns::Content& content) {
  const auto& places = content.association.places;
  return places.empty() || places.front().zone.empty() ? std::string("UTC") : places.front().zone;
}

void put_moment(boost::json::object& into, std::string_view name, TimePoint instant, const turns::Content& content) {
  const CivilTime here = to_civil(instant, site_zone(content));
  into[name] = format_instant(instant);
  into[std::string(name) + "_here"] = format_date(here) + " " + format_time(here);
}

}  // namespace passerelle::console
