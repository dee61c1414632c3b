#include "casework/hsds_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>
#include <map>

#include "base/nearest.hpp"
#include "casework/csv_table.hpp"
#include "casework/hsds_schedule.hpp"
#include "casework/hsds_words.hpp"
#include "domain/opening_text.hpp"

namespace passerelle::casework {
namespace {

using boost::json::object;

constexpr date::days half_a_year{182};

std::string first_of(std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

std::optional<double> number_of(const object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

// One service of the file, at one of its locations.
class Reader {
 public:
  Reader(const HsdsService& found, const ServiceRules& rules, date::local_days today)
      : from_(*found.service), pointer_(found.pointer), rules_(rules), today_(today) {
    organization_ = object_of(from_, "organization");
    if (organization_ == nullptr) organization_ = found.organization;
    if (organization_ == nullptr) organization_ = &nobody_;
  }

  // What HSDS itself demands.
  bool has_required(std::vector<ServiceFault>& faults) const {
    for (const char* name : {"id", "name", "status"}) {
      if (text_of(from_, name).empty()) faults.push_back({pointer_ + '/' + name, "is missing: HSDS demands it"});
    }
    static const std::vector<std::string> states{"active", "inactive", "defunct", "temporarily closed"};
    const std::string status = text_of(from_, "status");
    if (!status.empty() && std::ranges::find(states, status) == states.end())
      faults.push_back(
          {pointer_ + "/status", fmt::format("cannot be {}; {}", in_quotes(status), suggest(status, states))});
    return faults.empty();
  }

  bool is_active() const { return text_of(from_, "status") == "active"; }

  std::vector<const object*> locations() const {
    std::vector<const object*> all = objects_of(from_, "service_at_locations");
    if (all.empty()) all.push_back(&nobody_);
    return all;
  }

  std::string ref() const { return first_of({own("ref"), text_of(from_, "id")}); }

  Service read(const object& at_location, bool first, std::vector<ServiceFault>& faults) {
    const object* location = object_of(at_location, "location");
    if (location == nullptr) location = &nobody_;
    Service service;
    service.ref = first ? ref() : ref() + '@' + text_of(*location, "id");
    names(service);
    taxonomies(service, faults);
    place(service, *location, at_location);
    opening(service, *location, at_location);
    terms(service);
    origin(service, faults);
    for (const ServiceFault& fault : check(service, rules_.bring, rules_.country))
      faults.push_back({pointer_of(fault.field), fault.field + ' ' + fault.what});
    return service;
  }

  std::string pointer_of(const std::string& field) const {
    static const std::map<std::string, std::string> places{
        {"ref", "/id"},
        {"name", "/name"},
        {"provider", "/organization/name"},
        {"phone", "/phones/0/number"},
        {"seen", "/assured_date"},
        {"languages", "/languages"},
        {"address", "/service_at_locations/0/location/addresses/0/address_1"},
        {"area", "/service_at_locations/0/location/addresses/0/city"}};
    const auto place = places.find(field);
    return pointer_ + (place == places.end() ? "/attributes" : place->second);
  }

 private:
  std::string own(std::string_view field) const {
    for (const object* attribute : objects_of(from_, "attributes")) {
      const object* term = object_of(*attribute, "taxonomy_term");
      if (term != nullptr && text_of(*term, "taxonomy") == own_fields && text_of(*term, "name") == field)
        return text_of(*attribute, "value");
    }
    return {};
  }

  void set(Service& service, const std::string& field, const std::string& text, std::vector<ServiceFault>& faults) {
    if (const auto taken = set_field(service, field, text); !taken)
      faults.push_back({pointer_of(field), field + ' ' + taken.error().what});
  }

  void names(Service& service) {
    service.name = text_of(from_, "name");
    service.neutral_name = own("neutral_name");
    service.provider = text_of(*organization_, "name");
    service.sensitive = own("sensitive") == "yes";
  }

  // Terms of other taxonomies that are called as ours mean the same.
  void taxonomies(Service& service, std::vector<ServiceFault>& faults) {
    for (const object* attribute : objects_of(from_, "attributes")) {
      const object* term = object_of(*attribute, "taxonomy_term");
      if (term == nullptr) continue;
      const std::string taxonomy = text_of(*term, "taxonomy");
      const std::string name = small_letters(text_of(*term, "name"));
      if (taxonomy == own_fields) continue;
      const auto need = parse_need(name);
      const auto audience = parse_audience(name);
      if (taxonomy == own_needs && !need)
        faults.push_back({pointer_ + "/attributes",
                          fmt::format("there is no need {}; {}", in_quotes(name), suggest(name, need_words()))});
      if (taxonomy == own_audiences && !audience)
        faults.push_back({pointer_ + "/attributes", fmt::format("there is no audience {}; {}", in_quotes(name),
                                                                suggest(name, audience_words()))});
      if (need && !serves(service, *need)) service.needs.push_back(*need);
      if (audience && std::ranges::count(service.audience, *audience) == 0) service.audience.push_back(*audience);
    }
    if (service.needs.empty()) service.needs = {Need::other};
    if (serves(service, Need::talk) && own("sensitive").empty() && own("neutral_name").empty())
      std::ranges::replace(service.needs, Need::talk, Need::other);  // of others: nobody has given it a neutral name
    const auto oldest = number_of(from_, "maximum_age");
    if (service.audience.empty() && oldest && *oldest < 18) service.audience = {Audience::minors};
  }

  void place(Service& service, const object& location, const object& at_location) {
    for (const object* address : objects_of(location, "addresses")) {
      const std::string second = text_of(*address, "address_2");
      service.address = text_of(*address, "address_1") + (second.empty() ? "" : ", " + second);
      service.area = text_of(*address, "city");
      break;
    }
    const auto latitude = number_of(location, "latitude");
    const auto longitude = number_of(location, "longitude");
    if (latitude && longitude && std::abs(*latitude) <= 90 && std::abs(*longitude) <= 180)
      service.at = rounded({*latitude, *longitude});
    for (const object* has_phones : {&at_location, &from_, &location, organization_}) {
      const auto phones = objects_of(*has_phones, "phones");
      if (phones.empty()) continue;
      service.phone = text_of(*phones.front(), "number");
      std::erase(service.phone, '"');
      break;
    }
    for (const object* has_languages : {&from_, &location}) {
      for (const object* language : objects_of(*has_languages, "languages"))
        add_language(service, text_of(*language, "code"));
    }
  }

  // Codes that we cannot read are left out: a language more is better than none.
  static void add_language(Service& service, const std::string& code) {
    Service one;
    if (code.empty() || !set_field(one, "languages", code)) return;
    for (const Locale& language : one.languages) {
      if (std::ranges::count(service.languages, language) == 0) service.languages.push_back(language);
    }
  }

  void opening(Service& service, const object& location, const object& at_location) {
    for (const object* has_schedules : {&at_location, &from_, &location}) {
      const auto schedules = objects_of(*has_schedules, "schedules");
      if (schedules.empty()) continue;
      ReadSchedules read = read_schedules(schedules, today_);
      service.opening = std::move(read.opening);
      service.always = read.always;
      hours_end_ = read.ends;
      return;
    }
  }

  void terms(Service& service) {
    for (const object* option : objects_of(from_, "cost_options")) {
      const auto amount = number_of(*option, "amount");
      const auto named = parse_cost(small_letters(text_of(*option, "option")));
      service.cost = named ? *named : !amount ? Cost::ask : *amount > 0 ? Cost::paid : Cost::free;
      if (service.cost == Cost::paid) break;  // one that costs something is not free for everybody
    }
    for (const object* document : objects_of(from_, "required_documents")) {
      const std::string thing = small_letters(text_of(*document, "document"));
      const bool known = std::ranges::count(rules_.bring, thing) > 0;
      if (known && std::ranges::count(service.bring, thing) == 0) service.bring.push_back(thing);
    }
    for (const object* capacity : objects_of(from_, "capacities")) {
      const auto available = number_of(*capacity, "available");
      if (!available || *available < 0 || *available > 9999) continue;
      service.free_places = static_cast<int>(*available);
      return;
    }
  }

  void origin(Service& service, std::vector<ServiceFault>& faults) {
    service.zone = first_of({own("zone"), rules_.zone});
    service.source = first_of({own("source"), text_of(*organization_, "website"), text_of(*organization_, "uri"),
                               text_of(from_, "url"), service.provider, service.name});
    service.owner = first_of({own("owner"), text_of(from_, "assurer_email"), text_of(from_, "email"),
                              text_of(*organization_, "email"), service.provider, service.name});
    const std::string checked =
        first_of({text_of(from_, "assured_date"), text_of(from_, "last_modified").substr(0, 10), to_string(today_)});
    set(service, "seen", checked, faults);
    if (const std::string expires = own("expires"); !expires.empty()) return set(service, "expires", expires, faults);
    if (!service.seen) return;
    service.expires = *service.seen + half_a_year;
    if (hours_end_ && *hours_end_ < *service.expires && *hours_end_ >= *service.seen) service.expires = hours_end_;
  }

  const object nobody_;
  const object& from_;
  const object* organization_;
  const std::string& pointer_;
  const ServiceRules& rules_;
  date::local_days today_;
  std::optional<date::local_days> hours_end_;
};

}  // namespace

ReadService read_hsds_service(const HsdsService& found, const ServiceRules& rules, date::local_days today) {
  ReadService read;
  Reader reader(found, rules, today);
  if (!reader.has_required(read.faults)) return read;
  if (!reader.is_active()) {
    read.inactive = reader.ref();
    return read;
  }
  for (const object* location : reader.locations())
    read.services.push_back(reader.read(*location, read.services.empty(), read.faults));
  return read;
}

}  // namespace passerelle::casework
