// Instants in answers: exact for programs, and as the site's wall clock shows them for people.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "turns/content.hpp"

namespace passerelle::console {

// {"opened": "2027-03-28T12:30:00.000Z", "opened_here": "28.03.2027 14:30"} for the name "opened".
void put_moment(boost::json::object& into, std::string_view name, TimePoint instant, const turns::Content& content);

}  // namespace passerelle::console
