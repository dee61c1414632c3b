#include "turns/association.hpp"

#include "domain/opening_text.hpp"
#include "domain/phone_address.hpp"
#include "turns/yaml_reader.hpp"

namespace passerelle::turns {
namespace {

class AssociationReader {
 public:
  AssociationReader(const std::string& file, Findings& findings) : yaml_(file, findings) {}

  Association read(const std::string& text) {
    Association association;
    const YAML::Node root = yaml_.parse(text);
    if (!root.IsDefined()) return association;
    yaml_.check_keys(root, {"name", "about", "demo", "country", "site_language", "languages", "first_dialog", "digits",
                            "places", "cheaper_spelling"});
    association.name = yaml_.required(root, "name");
    association.demo = yaml_.flag(root, "demo", false);
    association.country = country_ = yaml_.required(root, "country");
    association.site_language = yaml_.text(root, "site_language", "fr");
    association.languages = yaml_.list(root, "languages");
    association.first_dialog = yaml_.text(root, "first_dialog", association.first_dialog);
    association.digits = read_digits(root);
    if (association.languages.empty()) association.languages = {association.site_language};
    if (const YAML::Node places = root["places"]; places && places.IsSequence()) {
      for (const auto& place : places) association.places.push_back(read_place(place));
    } else if (places) {
      yaml_.add(places, "'places' must be a list", "write '- id: …' under it");
    }
    return association;
  }

 private:
  Digits read_digits(const YAML::Node& root) {
    const std::string text = yaml_.text(root, "digits", "latin");
    if (text != to_string(Digits::latin) && text != to_string(Digits::native))
      yaml_.add(root["digits"], "'" + text + "' are no digits", "write latin (0-9) or native (those of the language)");
    return text == to_string(Digits::native) ? Digits::native : Digits::latin;
  }

  Place read_place(const YAML::Node& node) {
    Place place;
    if (!node.IsMap()) {
      yaml_.add(node, "a place must be a map of keys", "");
      return place;
    }
    yaml_.check_keys(node, {"id", "name", "neutral_name", "address", "phone", "zone", "opening", "closed", "special",
                            "duty", "source", "seen", "owner", "expires"});
    place.id = yaml_.required(node, "id");
    place.name = yaml_.required(node, "name");
    place.neutral_name = yaml_.text(node, "neutral_name");
    place.address = yaml_.text(node, "address");
    place.phone = yaml_.required(node, "phone");
    check_phone(node, place.phone);
    place.zone = yaml_.required(node, "zone");
    if (!place.zone.empty() && !is_zone(place.zone)) {
      yaml_.add(node["zone"], "there is no time zone '" + place.zone + "'",
                "for example Europe/Zurich or Africa/Tunis");
      place.zone = "UTC";
    }
    place.opening.week = read_week(node, "opening", weekday_words());
    for (const std::string& text : yaml_.list(node, "closed")) {
      if (const auto day = parse_day(text))
        place.opening.closed.push_back(*day);
      else
        yaml_.add(node["closed"], "'" + text + "' is not a day", "write 2026-12-25");
    }
    place.opening.special = read_special(node["special"]);
    place.opening = ordered(std::move(place.opening));
    if (node["duty"]) place.duty = read_duty(node);
    // Facts told to people carry their origin, who answers for them, and when they end (product.md, Facts).
    place.source = yaml_.required(node, "source");
    place.owner = yaml_.required(node, "owner");
    place.seen = day_of(node, "seen");
    place.expires = day_of(node, "expires");
    return place;
  }

  void check_phone(const YAML::Node& place, const std::string& phone) {
    const auto sound = phone.empty() ? result<void>() : check_callable(phone, country_);
    if (!sound) yaml_.add(place["phone"], "'" + phone + "' " + sound.error().what, "write \"+41 79 123 45 67\"");
  }

  std::optional<date::local_days> day_of(const YAML::Node& node, const std::string& key) {
    const std::string text = yaml_.required(node, key);
    if (text.empty()) return std::nullopt;
    const auto day = parse_day(text);
    if (!day) yaml_.add(node[key], "'" + text + "' is not a day", "write 2027-06-30");
    return day;
  }

  std::vector<OpeningSpan> read_spans(const YAML::Node& map, const std::string& key) {
    std::vector<OpeningSpan> spans;
    for (const std::string& text : yaml_.list(map, key)) {
      if (const auto span = parse_span(text))
        spans.push_back(*span);
      else
        yaml_.add(map[key], "'" + text + "' are not opening hours", "write \"08:30-11:30\"");
    }
    return spans;
  }

  OpeningWeek read_week(const YAML::Node& node, const std::string& key, const std::vector<std::string>& valid) {
    OpeningWeek week;
    const YAML::Node days = node[key];
    if (!days) return week;
    if (!days.IsMap()) {
      yaml_.add(days, "'" + key + "' must name days", "write mon: [\"08:30-11:30\"]");
      return week;
    }
    yaml_.check_keys(days, valid);
    for (std::size_t day = 0; day < week.size(); ++day) week[day] = read_spans(days, weekday_words()[day]);
    return week;
  }

  std::vector<SpecialDay> read_special(const YAML::Node& days) {
    std::vector<SpecialDay> special;
    if (!days) return special;
    if (!days.IsMap()) {
      yaml_.add(days, "'special' must name days", "write \"2027-12-24\": [\"09:00-11:00\"]");
      return special;
    }
    for (const auto& pair : days) {
      const auto key = pair.first.as<std::string>("");
      if (const auto day = parse_day(key))
        special.push_back({*day, read_spans(days, key)});
      else
        yaml_.add(pair.first, "'" + key + "' is not a day", "write \"2027-12-24\"");
    }
    return special;
  }

  // A week as 'opening', and beside its days single dates that are different.
  Opening read_duty(const YAML::Node& node) {
    Opening duty;
    YAML::Node dates(YAML::NodeType::Map);
    std::vector<std::string> valid = weekday_words();
    if (node["duty"].IsMap()) {
      for (const auto& pair : node["duty"]) {
        const auto key = pair.first.as<std::string>("");
        if (!parse_day(key)) continue;
        dates[key] = pair.second;
        valid.push_back(key);
      }
    }
    duty.week = read_week(node, "duty", valid);
    duty.special = read_special(dates);
    return ordered(std::move(duty));
  }

  YamlReader yaml_;
  std::string country_;
};

}  // namespace

Association read_association(const std::string& file, const std::string& text, Findings& findings) {
  return AssociationReader(file, findings).read(text);
}

EmergencyNumbers read_emergency_numbers(const std::string& file, const std::string& text, const std::string& country,
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
  yaml.check_keys(entry, {"numbers", "source", "owner", "seen", "review"});
  yaml.required(entry, "source");
  EmergencyNumbers found{country, yaml.required(entry, "numbers"), yaml.required(entry, "owner"), {}};
  const std::string seen = yaml.required(entry, "seen");
  found.seen = parse_day(seen);
  if (!seen.empty() && !found.seen) yaml.add(entry["seen"], "'" + seen + "' is not a day", "write \"2027-06-30\"");
  return found;
}

}  // namespace passerelle::turns
