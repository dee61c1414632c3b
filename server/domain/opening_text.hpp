// Opening hours as people write them in files: "mon-fri 08:30-11:30 13:30-17:00; sat 09:00-12:00".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/opening.hpp"

namespace passerelle {

const std::vector<std::string>& weekday_words();  // mon … sun

// "08:30-11:30". One that ends before it begins ends the next morning ("20:00-08:00"), and then begins in the afternoon
// and ends before noon: the other way round it is more likely a slip.
std::optional<OpeningSpan> parse_span(std::string_view text);
std::string to_string(const OpeningSpan& span);

std::optional<date::local_days> parse_day(std::string_view text);  // 2027-12-24 or 24.12.2027
std::string to_string(date::local_days day);                       // 2027-12-24

// What is wrong is told with its remedy. Blanks and commas separate hours, semicolons or line ends days.
result<OpeningWeek> parse_week(std::string_view text);
std::string to_string(const OpeningWeek& week);
result<std::vector<date::local_days>> parse_days(std::string_view text);  // "2026-12-25, 2027-01-01"
std::string to_string(const std::vector<date::local_days>& days);
result<std::vector<SpecialDay>> parse_special(std::string_view text);  // "2027-12-24 09:00-11:00; 2027-12-31 closed"
std::string to_string(const std::vector<SpecialDay>& special);

// The same hours in the one form that is written: everything in the order of time, a special day without hours among
// the holidays, and no day in both.
Opening ordered(Opening opening);

}  // namespace passerelle
