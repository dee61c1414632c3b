#include "domain/service_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/nearest.hpp"
#include "domain/opening_text.hpp"

namespace passerelle {
namespace {

constexpr std::string_view round_the_clock = "24/7";
constexpr int most_places = 9999;
constexpr std::size_t most_words = 40;

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

std::vector<std::string> words(std::string_view text) {
  constexpr std::string_view between = " ,;\t\r\n";
  std::vector<std::string> found;
  for (std::size_t from = text.find_first_not_of(between); from != std::string_view::npos;) {
    const std::size_t to = std::min(text.find_first_of(between, from), text.size());
    found.emplace_back(text.substr(from, to - from));
    from = text.find_first_not_of(between, to);
  }
  return found;
}

template <class Texts>
std::string joined(const Texts& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : ", ") + std::string(text);
  return all;
}

template <class Word>
std::string joined_words(const std::vector<Word>& chosen) {
  std::vector<std::string_view> texts;
  for (const Word word : chosen) texts.push_back(to_string(word));
  return joined(texts);
}

Error unknown(std::string_view what, std::string_view word, const std::vector<std::string>& valid) {
  return {fmt::format("there is no {} '{}'; {}", what, word, suggest(word, valid)), ""};
}

// A list of words, each once, in the order written.
template <class Word>
result<void> read_words(std::string_view text, std::string_view what, const std::vector<std::string>& valid,
                        std::optional<Word> (*parse)(std::string_view), std::vector<Word>& into) {
  std::vector<Word> chosen;
  for (const std::string& word : words(text)) {
    const auto one = parse(lower(word));
    if (!one) return unknown(what, word, valid);
    if (std::ranges::find(chosen, *one) == chosen.end()) chosen.push_back(*one);
  }
  into = std::move(chosen);
  return {};
}

// A BCP 47 tag as far as we need it: "fr", "fa-AF".
bool is_language(std::string_view tag) {
  const std::string_view first = tag.substr(0, tag.find('-'));
  const bool letters = std::ranges::all_of(first, [](char c) { return c >= 'a' && c <= 'z'; });
  const bool rest = std::ranges::all_of(tag, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  return letters && rest && (first.size() == 2 || first.size() == 3) && tag.size() <= 16 && !tag.ends_with('-');
}

result<void> read_languages(std::string_view text, std::vector<Locale>& into) {
  std::vector<Locale> languages;
  for (const std::string& tag : words(text)) {
    if (!is_language(tag)) return Error{fmt::format("'{}' is not a language: write codes, as fr, ar, fa-AF", tag), ""};
    if (std::ranges::find(languages, tag) == languages.end()) languages.push_back(tag);
  }
  if (languages.size() > most_words) return Error{fmt::format("names more than {} languages", most_words), ""};
  into = std::move(languages);
  return {};
}

result<void> read_bring(std::string_view text, std::vector<std::string>& into) {
  std::vector<std::string> once;
  for (const std::string& word : words(text)) {
    if (std::ranges::find(once, lower(word)) == once.end()) once.push_back(lower(word));
  }
  if (once.size() > most_words) return Error{fmt::format("names more than {} things", most_words), ""};
  into = std::move(once);
  return {};
}

std::optional<double> degrees(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool sound = error == std::errc() && end == text.data() + text.size() && value >= -most && value <= most;
  return sound ? std::optional(value) : std::nullopt;
}

// As maps show it to be copied: "47.3649, 7.3445".
result<void> read_point(std::string_view text, std::optional<Point>& into) {
  const std::vector<std::string> parts = words(text);
  const auto latitude = parts.size() == 2 ? degrees(parts[0], 90) : std::nullopt;
  const auto longitude = parts.size() == 2 ? degrees(parts[1], 180) : std::nullopt;
  if (!parts.empty() && !(latitude && longitude))
    return Error{fmt::format("'{}' is no point on the map: write latitude and longitude, as 47.36, 7.34", text), ""};
  into = latitude && longitude ? std::optional(rounded({*latitude, *longitude})) : std::nullopt;
  return {};
}

result<void> read_hours(std::string_view text, Service& service) {
  if (text == round_the_clock) {
    service.always = true;
    service.opening.week = {};
    return {};
  }
  const auto week = parse_week(text);
  if (!week) return Error{week.error().what + ", or 24/7 for day and night", ""};
  service.always = false;
  service.opening.week = *week;
  service.opening = ordered(std::move(service.opening));
  return {};
}

result<void> read_closed(std::string_view text, Service& service) {
  const auto days = parse_days(text);
  if (!days) return days.error();
  service.opening.closed = *days;
  service.opening = ordered(std::move(service.opening));
  return {};
}

result<void> read_special(std::string_view text, Service& service) {
  const auto special = parse_special(text);
  if (!special) return special.error();
  service.opening.special = *special;
  service.opening = ordered(std::move(service.opening));
  return {};
}

result<void> read_flag(std::string_view text, bool& into) {
  if (!text.empty() && text != "yes" && text != "no")
    return Error{fmt::format("cannot be '{}': write yes or no", text), ""};
  into = text == "yes";
  return {};
}

result<void> read_places(std::string_view text, std::optional<int>& into) {
  if (text.empty()) {
    into.reset();
    return {};
  }
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most_places)
    return Error{fmt::format("'{}' is not a number of places from 0 to {}", text, most_places), ""};
  into = value;
  return {};
}

result<void> read_date(std::string_view text, std::optional<date::local_days>& into) {
  const auto day = parse_day(text);
  if (!text.empty() && !day) return Error{fmt::format("'{}' is not a day: write 2027-12-31", text), ""};
  into = day;
  return {};
}

result<void> read_cost(std::string_view text, Cost& into) {
  const auto cost = text.empty() ? Cost::ask : parse_cost(lower(text));
  if (!cost) return unknown("cost", text, cost_words());
  into = *cost;
  return {};
}

struct Field {
  std::string name;
  std::string (*text)(const Service&);
  result<void> (*set)(Service&, std::string_view);
};

template <std::string Service::* member>
Field plain(std::string name) {
  return {std::move(name), [](const Service& service) { return service.*member; },
          [](Service& service, std::string_view text) -> result<void> {
            service.*member = text;
            return {};
          }};
}

std::vector<Field> what_and_for_whom() {
  return {plain<&Service::ref>("ref"),
          plain<&Service::name>("name"),
          plain<&Service::neutral_name>("neutral_name"),
          plain<&Service::provider>("provider"),
          {"needs", [](const Service& one) { return joined_words(one.needs); },
           [](Service& one, std::string_view text) {
             return read_words(text, "need", need_words(), parse_need, one.needs);
           }},
          {"audience", [](const Service& one) { return joined_words(one.audience); },
           [](Service& one, std::string_view text) {
             return read_words(text, "audience", audience_words(), parse_audience, one.audience);
           }},
          {"languages", [](const Service& one) { return joined(one.languages); },
           [](Service& one, std::string_view text) { return read_languages(text, one.languages); }}};
}

std::vector<Field> where_and_when() {
  return {plain<&Service::area>("area"),
          plain<&Service::address>("address"),
          {"at",
           [](const Service& one) {
             return one.at ? fmt::format("{}, {}", one.at->latitude, one.at->longitude) : std::string();
           },
           [](Service& one, std::string_view text) { return read_point(text, one.at); }},
          plain<&Service::phone>("phone"),
          plain<&Service::zone>("zone"),
          {"hours",
           [](const Service& one) { return one.always ? std::string(round_the_clock) : to_string(one.opening.week); },
           [](Service& one, std::string_view text) { return read_hours(text, one); }},
          {"closed", [](const Service& one) { return to_string(one.opening.closed); },
           [](Service& one, std::string_view text) { return read_closed(text, one); }},
          {"special", [](const Service& one) { return to_string(one.opening.special); },
           [](Service& one, std::string_view text) { return read_special(text, one); }}};
}

std::vector<Field> terms_and_origin() {
  return {{"cost", [](const Service& one) { return std::string(to_string(one.cost)); },
           [](Service& one, std::string_view text) { return read_cost(text, one.cost); }},
          {"bring", [](const Service& one) { return joined(one.bring); },
           [](Service& one, std::string_view text) { return read_bring(text, one.bring); }},
          {"sensitive", [](const Service& one) { return std::string(one.sensitive ? "yes" : ""); },
           [](Service& one, std::string_view text) { return read_flag(text, one.sensitive); }},
          {"free_places",
           [](const Service& one) { return one.free_places ? std::to_string(*one.free_places) : std::string(); },
           [](Service& one, std::string_view text) { return read_places(text, one.free_places); }},
          plain<&Service::source>("source"),
          plain<&Service::owner>("owner"),
          {"seen", [](const Service& one) { return one.seen ? to_string(*one.seen) : std::string(); },
           [](Service& one, std::string_view text) { return read_date(text, one.seen); }},
          {"expires", [](const Service& one) { return one.expires ? to_string(*one.expires) : std::string(); },
           [](Service& one, std::string_view text) { return read_date(text, one.expires); }}};
}

const std::vector<Field>& table() {
  static const std::vector<Field> rows = [] {
    std::vector<Field> all;
    for (const auto& part : {what_and_for_whom(), where_and_when(), terms_and_origin()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return rows;
}

const Field& field_named(std::string_view name) {
  const auto found = std::ranges::find(table(), name, &Field::name);
  if (found == table().end()) throw std::logic_error(fmt::format("a service has no field '{}'", name));
  return *found;
}

}  // namespace

const std::vector<std::string>& service_fields() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Field& field : table()) all.push_back(field.name);
    return all;
  }();
  return names;
}

std::string field_text(const Service& service, std::string_view field) { return field_named(field).text(service); }

result<void> set_field(Service& service, std::string_view field, std::string_view text) {
  return field_named(field).set(service, text);
}

}  // namespace passerelle
