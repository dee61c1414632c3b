#include "turns/association.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <sstream>

#include "turns/yaml_reader.hpp"

namespace passerelle::turns {
namespace {

constexpr std::array<const char*, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<OpeningSpan> parse_span(const std::string& text) {
  int from_hour = 0;
  int from_minute = 0;
  int to_hour = 0;
  int to_minute = 0;
  int used = 0;
  const int fields =
      std::sscanf(text.c_str(), "%2d:%2d-%2d:%2d%n", &from_hour, &from_minute, &to_hour, &to_minute, &used);
  const OpeningSpan span{std::chrono::minutes(from_hour * 60 + from_minute),
                         std::chrono::minutes(to_hour * 60 + to_minute)};
  const bool sound = fields == 4 && static_cast<std::size_t>(used) == text.size() && from_hour >= 0 &&
                     from_minute >= 0 && from_minute < 60 && to_minute >= 0 && to_minute < 60 && span.from < span.to &&
                     span.to <= std::chrono::hours(24);
  return sound ? std::optional(span) : std::nullopt;
}

std::optional<date::local_days> parse_day(const std::string& text) {
  const auto civil = parse_civil(text + " 00:00");
  return civil ? std::optional(date::floor<date::days>(*civil)) : std::nullopt;
}

class AssociationReader {
 public:
  AssociationReader(const std::string& file, Findings& findings) : yaml_(file, findings) {}

  Association read(const std::string& text) {
    Association association;
    const YAML::Node root = yaml_.parse(text);
    if (!root.IsDefined()) return association;
    yaml_.check_keys(root,
                     {"name", "about", "demo", "country", "site_language", "languages", "first_dialog", "places"});
    association.name = yaml_.required(root, "name");
    association.demo = yaml_.flag(root, "demo", false);
    association.country = yaml_.required(root, "country");
    association.site_language = yaml_.text(root, "site_language", "fr");
    association.languages = yaml_.list(root, "languages");
    association.first_dialog = yaml_.text(root, "first_dialog", association.first_dialog);
    if (association.languages.empty()) association.languages = {association.site_language};
    if (const YAML::Node places = root["places"]; places && places.IsSequence()) {
      for (const auto& place : places) association.places.push_back(read_place(place));
    } else if (places) {
      yaml_.add(places, "'places' must be a list", "write '- id: …' under it");
    }
    return association;
  }

 private:
  Place read_place(const YAML::Node& node) {
    Place place;
    if (!node.IsMap()) {
      yaml_.add(node, "a place must be a map of keys", "");
      return place;
    }
    yaml_.check_keys(node, {"id", "name", "neutral_name", "address", "phone", "zone", "opening", "closed", "source",
                            "seen", "owner", "expires"});
    place.id = yaml_.required(node, "id");
    place.name = yaml_.required(node, "name");
    place.neutral_name = yaml_.text(node, "neutral_name");
    place.address = yaml_.text(node, "address");
    place.phone = yaml_.required(node, "phone");
    place.zone = yaml_.required(node, "zone");
    if (!place.zone.empty() && !is_zone(place.zone)) {
      yaml_.add(node["zone"], "there is no time zone '" + place.zone + "'",
                "for example Europe/Zurich or Africa/Tunis");
      place.zone = "UTC";
    }
    read_opening(node, place);
    for (const std::string& text : yaml_.list(node, "closed")) {
      if (const auto day = parse_day(text))
        place.closed.push_back(*day);
      else
        yaml_.add(node["closed"], "'" + text + "' is not a day", "write 2026-12-25");
    }
    // Facts told to people carry their origin, who answers for them, and when they end (product.md, Facts).
    place.source = yaml_.required(node, "source");
    place.owner = yaml_.required(node, "owner");
    place.seen = day_of(node, "seen");
    place.expires = day_of(node, "expires");
    return place;
  }

  std::optional<date::local_days> day_of(const YAML::Node& node, const std::string& key) {
    const std::string text = yaml_.required(node, key);
    if (text.empty()) return std::nullopt;
    const auto day = parse_day(text);
    if (!day) yaml_.add(node[key], "'" + text + "' is not a day", "write 2027-06-30");
    return day;
  }

  void read_opening(const YAML::Node& node, Place& place) {
    const YAML::Node opening = node["opening"];
    if (!opening) return;
    if (!opening.IsMap()) return yaml_.add(opening, "'opening' must name days", "write mon: [\"08:30-11:30\"]");
    yaml_.check_keys(opening, {days.begin(), days.end()});
    for (std::size_t day = 0; day < days.size(); ++day) {
      for (const std::string& text : yaml_.list(opening, days[day])) {
        if (const auto span = parse_span(text))
          place.opening[day].push_back(*span);
        else
          yaml_.add(opening[days[day]], "'" + text + "' are not opening hours", "write \"08:30-11:30\"");
      }
    }
  }

  YamlReader yaml_;
};

}  // namespace

Association read_association(const std::string& file, const std::string& text, Findings& findings) {
  return AssociationReader(file, findings).read(text);
}

std::string read_emergency_numbers(const std::string& file, const std::string& text, const std::string& country,
                                   Findings& findings) {
  YamlReader yaml(file, findings);
  const YAML::Node root = yaml.parse(text);
  const YAML::Node countries = root.IsDefined() ? root["countries"] : YAML::Node();
  const YAML::Node entry = countries && countries.IsMap() ? countries[country] : YAML::Node();
  if (!entry || !entry.IsMap()) {
    findings.push_back({{file, 0, 0},
                        "has no emergency numbers for the country '" + country + "'",
                        "add it under 'countries', or correct 'country' of the association"});
    return {};
  }
  return yaml.required(entry, "numbers");
}

}  // namespace passerelle::turns
