// A service that people are shown the way to: what it is for, for whom, where, when, and where that is known from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/address.hpp"
#include "domain/opening.hpp"

namespace passerelle {

// Closed lists: a dialog has a sentence for each.
enum class Need { food, sleep, doctor, papers, language_course, work, school, clothes, children, talk, other };
enum class Audience { men, women, families, minors };
enum class Cost { free, paid, ask };

std::string_view to_string(Need need);
std::string_view to_string(Audience audience);
std::string_view to_string(Cost cost);
const std::vector<std::string>& need_words();
const std::vector<std::string>& audience_words();
const std::vector<std::string>& cost_words();
std::optional<Need> parse_need(std::string_view word);
std::optional<Audience> parse_audience(std::string_view word);
std::optional<Cost> parse_cost(std::string_view word);

struct Point {
  double latitude = 0;  // degrees, WGS 84
  double longitude = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

Point rounded(const Point& point);                        // to a millionth of a degree, a hand's breadth
double kilometres(const Point& one, const Point& other);  // as the crow flies

struct Service {
  std::string ref;  // its id in the files that are imported and exported
  std::string name;
  std::string neutral_name;  // told instead of the name when set
  std::string provider;
  std::vector<Need> needs;
  std::vector<Audience> audience;  // empty: everybody
  std::vector<Locale> languages;   // spoken there
  std::string area;                // the town as people know it; empty: everywhere (a telephone, a website)
  std::string address;
  std::optional<Point> at;
  std::string phone;
  std::string zone;  // "Europe/Zurich"
  Opening opening;
  bool always = false;  // day and night; the opening hours are then empty
  Cost cost = Cost::ask;
  std::vector<std::string> bring;  // ids of the phrasebook: papers, letter, photo
  bool sensitive = false;          // always told by its neutral name, which it then has
  std::optional<int> free_places;  // nothing: not counted

  // Facts carry their origin; an expired one is not told (product.md, Facts).
  std::string source;
  std::string owner;
  std::optional<date::local_days> seen;
  std::optional<date::local_days> expires;

  friend bool operator==(const Service&, const Service&) = default;
};

const std::string& told_name(const Service& service);

bool is_open(const Service& service, TimePoint now);
std::optional<TimePoint> next_opening(const Service& service, TimePoint now);  // as Opening; nothing when always open
std::optional<TimePoint> closes_at(const Service& service, TimePoint now);
bool expired(const Service& service, TimePoint now);  // its last day still counts
bool is_full(const Service& service);

bool serves(const Service& service, Need need);
// Without an audience only what is for everybody: who has not said who they are is sent nowhere in vain.
bool admits(const Service& service, std::optional<Audience> audience);
bool speaks(const Service& service, std::string_view locale);  // fa-AF is spoken where fa is

}  // namespace passerelle
