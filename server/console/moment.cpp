#include "console/moment.hpp"

#include "base/zone.hpp"
#include "turns/facts.hpp"

namespace passerelle::console {

void put_moment(boost::json::object& into, std::string_view name, TimePoint instant, const turns::Content& content) {
  const CivilTime here = to_civil(instant, turns::site_zone(content));
  into[name] = format_instant(instant);
  into[std::string(name) + "_here"] = format_date(here) + " " + format_time(here);
}

}  // namespace passerelle::console
