#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "casework/hsds.hpp"
#include "casework/hsds_schedule.hpp"
#include "casework/hsds_words.hpp"
#include "domain/opening_text.hpp"
#include "domain/service_fields.hpp"

namespace passerelle::casework {
namespace {

using boost::json::array;
using boost::json::object;

class Writer {
 public:
  Writer(const Service& service, const std::string& country, TimePoint now)
      : service_(service),
        id_(is_uuid(service.ref) ? service.ref : uuid_of(service.ref)),
        country_(country),
        now_(now) {}

  object write() {
    object made{{"id", id_}, {"name", service_.name}, {"status", "active"}};
    if (service_.seen) made["assured_date"] = to_string(*service_.seen);
    if (!service_.provider.empty()) made["organization"] = organization();
    if (!service_.phone.empty()) made["phones"] = array{object{{"id", id("phone")}, {"number", service_.phone}}};
    if (array schedules = write_schedules(service_.opening, service_.always, id_); !schedules.empty())
      made["schedules"] = std::move(schedules);
    if (const array found = languages(); !found.empty()) made["languages"] = found;
    if (service_.at || !service_.address.empty() || !service_.area.empty())
      made["service_at_locations"] = array{object{{"id", id("service_at_location")}, {"location", location()}}};
    made["cost_options"] = array{cost()};
    if (const array found = documents(); !found.empty()) made["required_documents"] = found;
    if (service_.free_places) made["capacities"] = array{capacity()};
    made["attributes"] = attributes();
    return made;
  }

 private:
  std::string id(const std::string& part) const { return uuid_of(part + '/' + id_); }

  object organization() const {
    return {{"id", uuid_of("organization/" + service_.provider)},
            {"name", service_.provider},
            {"description", service_.provider}};
  }

  array languages() const {
    array made;
    for (const Locale& language : service_.languages)
      made.push_back(object{{"id", id("language/" + language)}, {"code", language}});
    return made;
  }

  // HSDS wants all of an address; what we do not know is empty.
  object location() const {
    object made{{"id", id("location")}, {"location_type", "physical"}};
    if (service_.at) {
      made["latitude"] = service_.at->latitude;
      made["longitude"] = service_.at->longitude;
    }
    if (service_.address.empty() && service_.area.empty()) return made;
    made["addresses"] = array{object{{"id", id("address")},
                                     {"address_1", service_.address},
                                     {"city", service_.area},
                                     {"state_province", ""},
                                     {"postal_code", ""},
                                     {"country", country_},
                                     {"address_type", "physical"}}};
    return made;
  }

  object cost() const {
    object made{{"id", id("cost")}, {"option", to_string(service_.cost)}};
    if (service_.cost == Cost::free) made["amount"] = 0;
    return made;
  }

  array documents() const {
    array made;
    for (const std::string& document : service_.bring)
      made.push_back(object{{"id", id("document/" + document)}, {"document", document}});
    return made;
  }

  object capacity() const {
    return {{"id", id("capacity")},
            {"unit", object{{"id", uuid_of("unit/place")}, {"name", "place"}}},
            {"available", *service_.free_places},
            {"updated", format_instant(now_)}};
  }

  object attribute(std::string_view taxonomy, std::string_view term) const {
    const std::string name = std::string(taxonomy) + '/' + std::string(term);
    return {{"id", id("attribute/" + name)},
            {"link_type", taxonomy},
            {"link_entity", "service"},
            {"taxonomy_term",
             object{{"id", uuid_of("term/" + name)}, {"name", term}, {"description", term}, {"taxonomy", taxonomy}}}};
  }

  array attributes() const {
    array made;
    for (const Need need : service_.needs) made.push_back(attribute(own_needs, to_string(need)));
    for (const Audience audience : service_.audience) made.push_back(attribute(own_audiences, to_string(audience)));
    for (const std::string& field : fields_beyond_hsds()) {
      const std::string text = field_text(service_, field);
      if (text.empty() || (field == "ref" && text == id_)) continue;
      object one = attribute(own_fields, field);
      one["value"] = text;
      made.push_back(std::move(one));
    }
    return made;
  }

  const Service& service_;
  std::string id_;
  const std::string& country_;
  TimePoint now_;
};

}  // namespace

std::string write_hsds(std::span<const Service> services, const std::string& country, TimePoint now) {
  array contents;
  for (const Service& service : services) contents.push_back(Writer(service, country, now).write());
  const std::size_t count = contents.size();
  return boost::json::serialize(object{{"total_items", count},
                                       {"total_pages", 1},
                                       {"page_number", 1},
                                       {"size", count},
                                       {"first_page", true},
                                       {"last_page", true},
                                       {"empty", count == 0},
                                       {"contents", std::move(contents)}}) +
         '\n';
}

}  // namespace passerelle::casework
