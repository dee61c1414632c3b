// Quiet hours: from 21:00 to 08:00 by the clock on the wall of a place, nothing that we start reaches a phone
// (product.md, Time). They never hold a reply, and what is due in them moves earlier, never later.
#pragma once

#include <string_view>

#include "base/clock.hpp"
#include "base/zone.hpp"

namespace passerelle {

bool is_quiet(TimePoint time, std::string_view zone);

// 20:00 of the evening on which the quiet hours around 'time' began; 'time' itself when it is not quiet.
TimePoint before_quiet(TimePoint time, std::string_view zone);

// The 08:00 at which the quiet hours around 'time' end; 'time' itself when it is not quiet.
TimePoint quiet_ends(TimePoint time, std::string_view zone);

}  // namespace passerelle
