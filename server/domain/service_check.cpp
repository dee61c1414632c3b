#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "domain/phone_address.hpp"
#include "domain/service_fields.hpp"
#include "domain/utf8.hpp"

namespace passerelle {
namespace {

// base/zone knows the zones' rules up to the end of 2037.
constexpr date::year last_year{2037};

constexpr std::size_t longest_ref = 100;

// Bytes: what is told in a message must leave room for the rest of it.
const std::vector<std::pair<std::string, std::size_t>>& lines() {
  static const std::vector<std::pair<std::string, std::size_t>> longest{
      {"name", 160},    {"neutral_name", 120}, {"provider", 160}, {"area", 80},
      {"address", 200}, {"phone", 40},         {"source", 200},   {"owner", 120}};
  return longest;
}

bool in_ref(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '@';
}

// Control characters, also those of C1, would command a terminal or break a line.
bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

class Check {
 public:
  Check(const Service& service, const std::vector<std::string>& bring, std::string_view country)
      : service_(service), bring_(bring), country_(country) {}

  std::vector<ServiceFault> run() {
    ref();
    for (const auto& [field, longest] : lines()) line(field, longest);
    required();
    if (!service_.zone.empty() && !is_zone(service_.zone))
      add("zone", fmt::format("there is no time zone '{}': write it as Europe/Zurich or Africa/Tunis", service_.zone));
    phone();
    names();
    for (const std::string& thing : service_.bring) bring(thing);
    opening();
    days();
    return std::move(faults_);
  }

 private:
  void add(const std::string& field, std::string what) { faults_.push_back({field, std::move(what)}); }

  void ref() {
    const std::string& text = service_.ref;
    if (text.empty()) return add("ref", "is missing: give each service a name of its own, as food-valmoret");
    if (text.size() > longest_ref || !std::ranges::all_of(text, in_ref))
      add("ref", fmt::format("must be letters, digits and - _ . @, at most {}: write food-valmoret", longest_ref));
  }

  void line(const std::string& field, std::size_t longest) {
    const std::string text = field_text(service_, field);
    if (valid_utf8(text) != text) return add(field, "holds letters that are not UTF-8: save the file as UTF-8");
    if (has_control(text)) return add(field, "holds a line break or another control character: write it in one line");
    if (text.starts_with(' ') || text.ends_with(' ')) return add(field, "begins or ends with a blank: take it away");
    if (text.size() > longest) add(field, fmt::format("is longer than {} bytes: shorten it", longest));
  }

  void required() {
    for (const char* field : {"name", "zone", "source", "owner"}) {
      if (field_text(service_, field).empty()) add(field, "is missing");
    }
    if (service_.needs.empty()) add("needs", "is missing; " + suggest("", need_words()));
    if (!service_.seen) add("seen", "is missing: the day on which somebody last made sure, as 2027-01-15");
    if (!service_.expires) add("expires", "is missing: the last day on which this may be told, as 2027-12-31");
  }

  void phone() {
    if (service_.phone.empty()) return;
    const auto sound = check_callable(service_.phone, country_);
    if (!sound) add("phone", fmt::format("'{}' {}: write +41 79 123 45 67", service_.phone, sound.error().what));
  }

  // Who wants to talk to somebody does not want others to read of it.
  void names() {
    if (serves(service_, Need::talk) && !service_.sensitive)
      add("sensitive", "must be yes for a service of the need 'talk'");
    if (service_.sensitive && service_.neutral_name.empty())
      add("neutral_name", "is missing: a sensitive service is always told by a neutral name");
  }

  void bring(const std::string& thing) {
    if (std::ranges::find(bring_, thing) == bring_.end())
      add("bring", fmt::format("there is no sentence for '{}'; {}", thing, suggest(thing, bring_)));
  }

  void opening() {
    const Opening& opening = service_.opening;
    if (service_.always && !(opening.closed.empty() && opening.special.empty()))
      add("hours", "cannot be 24/7 where there are closed or special days: write mon-sun 00:00-24:00");
  }

  void days() {
    if (service_.seen && service_.expires && *service_.expires < *service_.seen)
      add("expires", "is before the day on which it was seen: check both");
    for (const auto& [field, day] : {std::pair("seen", service_.seen), std::pair("expires", service_.expires)}) {
      if (day && date::year_month_day(*day).year() > last_year) add(field, "is too far ahead: check the year");
    }
  }

  const Service& service_;
  const std::vector<std::string>& bring_;
  std::string_view country_;
  std::vector<ServiceFault> faults_;
};

}  // namespace

std::vector<ServiceFault> check(const Service& service, const std::vector<std::string>& bring,
                                std::string_view country) {
  return Check(service, bring, country).run();
}

}  // namespace passerelle
