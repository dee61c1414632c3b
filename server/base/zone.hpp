// Civil time of a place, by the operating system's zone database (ICU's own rules are years older).
#pragma once

#include <date/date.h>

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace passerelle {

using CivilTime = date::local_time<std::chrono::minutes>;  // what a wall clock shows, without a zone

bool is_zone(std::string_view name);  // "Europe/Zurich"
CivilTime to_civil(TimePoint instant, std::string_view zone);
// A time that the spring change skips becomes the first one after it; one that autumn repeats becomes the first.
TimePoint to_instant(CivilTime civil, std::string_view zone);

result<CivilTime> parse_civil(std::string_view text);  // "2027-03-26 09:00" or with a T
std::string format_date(CivilTime civil);              // 26.03.2027
std::string format_time(CivilTime civil);              // 09:00
// "2027-03-26T08:00:00Z", with or without seconds and thousandths, or with an offset in place of Z.
result<TimePoint> parse_instant(std::string_view text);
std::string format_instant(TimePoint instant);  // 2027-03-26T08:00:00.000Z, for logs and headers

}  // namespace passerelle
