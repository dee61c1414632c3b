#include "domain/place.hpp"

namespace passerelle {

bool is_open(const Place& place, TimePoint now) { return is_open(place.opening, place.zone, now); }

std::optional<TimePoint> next_opening(const Place& place, TimePoint now) {
  return next_opening(place.opening, place.zone, now);
}

std::optional<TimePoint> closes_at(const Place& place, TimePoint now) {
  return closes_at(place.opening, place.zone, now);
}

bool on_duty(const Place& place, TimePoint now) { return is_open(place.duty.value_or(place.opening), place.zone, now); }

// The day itself still counts: a fact that expires on the 30th is told until that evening, at the place.
bool expired(const Place& place, TimePoint now) {
  return place.expires && date::floor<date::days>(to_civil(now, place.zone)) > *place.expires;
}

}  // namespace passerelle
