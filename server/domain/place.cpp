#include "domain/place.hpp"

#include <algorithm>

namespace passerelle {
namespace {

constexpr date::days horizon{60};

struct Interval {
  TimePoint from;
  TimePoint to;
};

date::local_days day_of(TimePoint now, const std::string& zone) { return date::floor<date::days>(to_civil(now, zone)); }

// The opening hours that begin on a civil day, as instants: wall clock to instant at each end, so that a day of 23 or
// 25 hours comes out right. A span that ends before it begins goes on past midnight; a holiday cancels what begins on
// it.
std::vector<Interval> opening_on(const Place& place, date::local_days day) {
  std::vector<Interval> intervals;
  if (std::find(place.closed.begin(), place.closed.end(), day) != place.closed.end()) return intervals;
  for (const OpeningSpan& span : place.opening[date::weekday(day).iso_encoding() - 1]) {
    const date::local_days last = span.to < span.from ? day + date::days(1) : day;
    const Interval interval{to_instant(day + span.from, place.zone), to_instant(last + span.to, place.zone)};
    if (interval.from < interval.to) intervals.push_back(interval);
  }
  return intervals;
}

}  // namespace

bool is_open(const Place& place, TimePoint now) {
  const date::local_days today = day_of(now, place.zone);
  for (const date::local_days day : {today - date::days(1), today}) {
    for (const Interval& interval : opening_on(place, day)) {
      if (interval.from <= now && now < interval.to) return true;
    }
  }
  return false;
}

std::optional<TimePoint> next_opening(const Place& place, TimePoint now) {
  const date::local_days today = day_of(now, place.zone);
  for (date::local_days day = today - date::days(1); day <= today + horizon; day += date::days(1)) {
    std::optional<TimePoint> first;
    for (const Interval& interval : opening_on(place, day)) {
      // Hours that follow one another without a gap are one opening.
      const bool opens = interval.from > now && !is_open(place, interval.from - Milliseconds(1));
      if (opens && (!first || interval.from < *first)) first = interval.from;
    }
    if (first) return first;
  }
  return std::nullopt;
}

// The day itself still counts: a fact that expires on the 30th is told until that evening, at the place.
bool expired(const Place& place, TimePoint now) { return place.expires && day_of(now, place.zone) > *place.expires; }

}  // namespace passerelle
