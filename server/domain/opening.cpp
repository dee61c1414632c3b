#include "domain/opening.hpp"

#include <algorithm>

namespace passerelle {
namespace {

constexpr date::days horizon{60};
constexpr date::days one_day{1};

struct Interval {
  TimePoint from;
  TimePoint to;

  bool holds(TimePoint now) const { return from <= now && now < to; }
};

date::local_days day_of(TimePoint now, std::string_view zone) { return date::floor<date::days>(to_civil(now, zone)); }

const std::vector<OpeningSpan>& spans_on(const Opening& opening, date::local_days day) {
  static const std::vector<OpeningSpan> none;
  const auto special = std::ranges::find(opening.special, day, &SpecialDay::day);
  if (special != opening.special.end()) return special->spans;
  if (std::ranges::find(opening.closed, day) != opening.closed.end()) return none;
  return opening.week[date::weekday(day).iso_encoding() - 1];
}

// The opening hours that begin on a civil day, as instants, in the order of time: wall clock to instant at each end, so
// that a day of 23 or 25 hours comes out right. A span that ends before it begins goes on past midnight; a holiday
// cancels what begins on it.
std::vector<Interval> opening_on(const Opening& opening, std::string_view zone, date::local_days day) {
  std::vector<Interval> intervals;
  for (const OpeningSpan& span : spans_on(opening, day)) {
    const date::local_days last = span.to < span.from ? day + one_day : day;
    const Interval interval{to_instant(day + span.from, zone), to_instant(last + span.to, zone)};
    if (interval.from < interval.to) intervals.push_back(interval);
  }
  std::ranges::sort(intervals, {}, &Interval::from);
  return intervals;
}

}  // namespace

bool is_open(const Opening& opening, std::string_view zone, TimePoint now) {
  const date::local_days today = day_of(now, zone);
  return std::ranges::any_of(std::array{today - one_day, today}, [&](date::local_days day) {
    return std::ranges::any_of(opening_on(opening, zone, day),
                               [now](const Interval& interval) { return interval.holds(now); });
  });
}

std::optional<TimePoint> next_opening(const Opening& opening, std::string_view zone, TimePoint now) {
  const date::local_days today = day_of(now, zone);
  TimePoint open_until = TimePoint::min();  // hours that follow one another without a gap are one opening
  for (date::local_days day = today - one_day; day <= today + horizon; day += one_day) {
    for (const Interval& interval : opening_on(opening, zone, day)) {
      if (interval.from > now && interval.from > open_until) return interval.from;
      open_until = std::max(open_until, interval.to);
    }
  }
  return std::nullopt;
}

std::optional<TimePoint> closes_at(const Opening& opening, std::string_view zone, TimePoint now) {
  const date::local_days today = day_of(now, zone);
  std::optional<TimePoint> end;
  for (date::local_days day = today - one_day; day <= today + horizon; day += one_day) {
    for (const Interval& interval : opening_on(opening, zone, day)) {
      const bool goes_on = end && interval.from <= *end;
      if (end && !goes_on) return end;
      if (goes_on || interval.holds(now)) end = std::max(end.value_or(interval.to), interval.to);
    }
  }
  return end && *end <= to_instant(today + horizon, zone) ? end : std::nullopt;
}

}  // namespace passerelle
