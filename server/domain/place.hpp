// A place of the association with its opening hours, and the association itself as dialogs see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/address.hpp"
#include "domain/date_style.hpp"
#include "domain/opening.hpp"

namespace passerelle {

struct Place {
  std::string id;
  std::string name;
  std::string neutral_name;  // told instead of the name in every message about an appointment there; empty: the name
  std::string address;
  std::string phone;
  std::string zone;  // "Europe/Zurich"
  Opening opening;
  // When somebody is on duty; none: the opening hours. Holidays of the place do not count here: only what is written.
  std::optional<Opening> duty;

  // Facts carry their origin; an expired one is not told (product.md, Facts). Our own phone never expires.
  std::string source;
  std::string owner;
  std::optional<date::local_days> seen;
  std::optional<date::local_days> expires;

  friend bool operator==(const Place&, const Place&) = default;
};

bool is_open(const Place& place, TimePoint now);
// The next moment the place opens, strictly after 'now'; nothing within 60 days is nothing.
std::optional<TimePoint> next_opening(const Place& place, TimePoint now);
std::optional<TimePoint> closes_at(const Place& place, TimePoint now);
bool on_duty(const Place& place, TimePoint now);  // somebody is there who can be called to a danger
bool expired(const Place& place, TimePoint now);

// Told whatever the day is: numbers of help never expire. Its owner looks at them once a year.
struct EmergencyNumbers {
  std::string country;
  std::string numbers;  // "117, 118, 144"; empty: not known
  std::string owner;
  std::optional<date::local_days> seen;
};

struct Association {
  std::string name;
  bool demo = false;    // fictional: can never send for real
  std::string country;  // CH, FR, TN: chooses the emergency numbers
  Locale site_language = "fr";
  std::vector<Locale> languages;  // in the order of the language menu
  std::string first_dialog = "first_contact";
  Digits digits = Digits::latin;  // beside dates as on paper, for readers who have not chosen
  std::vector<Place> places;      // the first one is the main one

  friend bool operator==(const Association&, const Association&) = default;
};

}  // namespace passerelle
