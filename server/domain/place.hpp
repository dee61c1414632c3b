// A place of the association with its opening hours, and the association itself as dialogs see it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/zone.hpp"
#include "domain/address.hpp"

namespace passerelle {

struct OpeningSpan {
  std::chrono::minutes from{};  // since midnight, the place's civil time
  std::chrono::minutes to{};
};

struct Place {
  std::string id;
  std::string name;
  std::string neutral_name;  // told instead of the name in every message about an appointment there; empty: the name
  std::string address;
  std::string phone;
  std::string zone;                                 // "Europe/Zurich"
  std::array<std::vector<OpeningSpan>, 7> opening;  // Monday first
  std::vector<date::local_days> closed;             // holidays

  // Facts carry their origin; an expired one is not told (product.md, Facts). Our own phone never expires.
  std::string source;
  std::string owner;
  std::optional<date::local_days> seen;
  std::optional<date::local_days> expires;
};

bool is_open(const Place& place, TimePoint now);
// The next moment the place opens, strictly after 'now'; nothing within 60 days is nothing.
std::optional<TimePoint> next_opening(const Place& place, TimePoint now);
bool expired(const Place& place, TimePoint now);

struct Association {
  std::string name;
  bool demo = false;    // fictional: can never send for real
  std::string country;  // CH, FR, TN: chooses the emergency numbers
  Locale site_language = "fr";
  std::vector<Locale> languages;  // in the order of the language menu
  std::string first_dialog = "first_contact";
  std::vector<Place> places;  // the first one is the main one
};

}  // namespace passerelle
