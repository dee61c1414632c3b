#include "domain/service.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace passerelle {
namespace {

std::string_view language_of(std::string_view locale) { return locale.substr(0, locale.find('-')); }

template <class Word>
std::optional<Word> parse(std::string_view word, const std::vector<std::string>& words) {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? std::nullopt : std::optional(static_cast<Word>(found - words.begin()));
}

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
  return std::ranges::find(all, one) != all.end();
}

}  // namespace

// In the order of the enumerations.
const std::vector<std::string>& need_words() {
  static const std::vector<std::string> words{
      "food", "sleep", "doctor", "papers", "language_course", "work", "school", "clothes", "children", "talk", "other"};
  return words;
}

const std::vector<std::string>& audience_words() {
  static const std::vector<std::string> words{"men", "women", "families", "minors"};
  return words;
}

const std::vector<std::string>& cost_words() {
  static const std::vector<std::string> words{"free", "paid", "ask"};
  return words;
}

std::string_view to_string(Need need) { return need_words()[static_cast<std::size_t>(need)]; }
std::string_view to_string(Audience audience) { return audience_words()[static_cast<std::size_t>(audience)]; }
std::string_view to_string(Cost cost) { return cost_words()[static_cast<std::size_t>(cost)]; }
std::optional<Need> parse_need(std::string_view word) { return parse<Need>(word, need_words()); }
std::optional<Audience> parse_audience(std::string_view word) { return parse<Audience>(word, audience_words()); }
std::optional<Cost> parse_cost(std::string_view word) { return parse<Cost>(word, cost_words()); }

Point rounded(const Point& point) {
  constexpr double parts = 1e6;
  return {std::round(point.latitude * parts) / parts, std::round(point.longitude * parts) / parts};
}

// A flat map is good enough between two towns.
double kilometres(const Point& one, const Point& other) {
  constexpr double degree = 111.195;
  const double middle = (one.latitude + other.latitude) / 2 * std::numbers::pi / 180;
  return degree * std::hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * std::cos(middle));
}

const std::string& told_name(const Service& service) {
  return service.neutral_name.empty() ? service.name : service.neutral_name;
}

bool is_open(const Service& service, TimePoint now) {
  return service.always || is_open(service.opening, service.zone, now);
}

std::optional<TimePoint> next_opening(const Service& service, TimePoint now) {
  return service.always ? std::nullopt : next_opening(service.opening, service.zone, now);
}

std::optional<TimePoint> closes_at(const Service& service, TimePoint now) {
  return service.always ? std::nullopt : closes_at(service.opening, service.zone, now);
}

bool expired(const Service& service, TimePoint now) {
  return service.expires && date::floor<date::days>(to_civil(now, service.zone)) > *service.expires;
}

bool is_full(const Service& service) { return service.free_places == 0; }

bool serves(const Service& service, Need need) { return contains(service.needs, need); }

bool admits(const Service& service, std::optional<Audience> audience) {
  return service.audience.empty() || (audience && contains(service.audience, *audience));
}

bool speaks(const Service& service, std::string_view locale) {
  return std::ranges::any_of(service.languages,
                             [&](const Locale& one) { return language_of(one) == language_of(locale); });
}

}  // namespace passerelle
