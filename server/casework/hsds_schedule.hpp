// Opening hours as HSDS schedules (iCalendar's rules, the weekly ones only) and back.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/opening.hpp"

namespace passerelle::casework {

struct ReadSchedules {
  Opening opening;                       // ordered
  bool always = false;                   // day and night; the opening hours are then empty
  std::optional<date::local_days> ends;  // the last day on which these hours hold
};

// Those that are over, or have not begun, tell nothing of today; what is not weekly cannot be told as hours.
ReadSchedules read_schedules(const std::vector<const boost::json::object*>& schedules, date::local_days today);

// 'of': what they belong to, so that each has an id of its own.
boost::json::array write_schedules(const Opening& opening, bool always, std::string_view of);

}  // namespace passerelle::casework
