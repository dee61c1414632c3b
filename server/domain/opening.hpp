// Opening hours of a place or a service: a week, holidays, and days with hours of their own; by the clock of its zone.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/zone.hpp"

namespace passerelle {

struct OpeningSpan {
  std::chrono::minutes from{};  // since midnight, civil time
  std::chrono::minutes to{};    // before 'from': in the morning of the next day

  friend bool operator==(const OpeningSpan&, const OpeningSpan&) = default;
};

using OpeningWeek = std::array<std::vector<OpeningSpan>, 7>;  // Monday first

struct SpecialDay {
  date::local_days day{};
  std::vector<OpeningSpan> spans;  // none: closed

  friend bool operator==(const SpecialDay&, const SpecialDay&) = default;
};

struct Opening {
  OpeningWeek week;
  std::vector<date::local_days> closed;  // holidays
  std::vector<SpecialDay> special;       // beat the week and the holidays

  friend bool operator==(const Opening&, const Opening&) = default;
};

bool is_open(const Opening& opening, std::string_view zone, TimePoint now);
// The next moment it opens, strictly after 'now'; nothing within 60 days is nothing.
std::optional<TimePoint> next_opening(const Opening& opening, std::string_view zone, TimePoint now);
// While it is open, when it closes: hours that follow one another without a gap are one opening. Nothing when it is
// closed, or does not close within 60 days.
std::optional<TimePoint> closes_at(const Opening& opening, std::string_view zone, TimePoint now);

}  // namespace passerelle
