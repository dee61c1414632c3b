#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parser.hpp>

#include "base/finding.hpp"
#include "casework/hsds.hpp"
#include "casework/hsds_service.hpp"

namespace passerelle::casework {
namespace {

using boost::json::object;

constexpr std::size_t deepest_json = 32;
constexpr int deepest_list = 4;

struct Entry {
  HsdsService service;
  std::string fault;  // not empty: it is no service, for this reason
};

// Pages, lists, organizations with their services: all entries in the order of the file.
class Collection {
 public:
  void add(const boost::json::value& value, const std::string& pointer, const object* organization, int depth = 0) {
    if (found.size() > csv_rows) return;
    const auto* list = value.if_array();
    const auto* one = value.if_object();
    if (list != nullptr && depth >= deepest_list) {
      refuse(pointer, "these lists stand too deep in each other; write all services in one list");
    } else if (list != nullptr) {
      for (std::size_t i = 0; i < list->size(); ++i)
        add((*list)[i], fmt::format("{}/{}", pointer, i), organization, depth + 1);
    } else if (one == nullptr) {
      refuse(pointer, "is no service; write {\"id\": …, \"name\": …, \"status\": \"active\"}, or take it out");
    } else if (!add_inside(*one, pointer, organization, depth)) {
      found.push_back({{one, organization, pointer}, ""});
    }
  }

  std::vector<Entry> found;

 private:
  void refuse(const std::string& pointer, std::string why) {
    found.push_back({{nullptr, nullptr, pointer}, std::move(why)});
  }

  // An organization is what has services and a name; a service has none inside.
  bool add_inside(const object& around, const std::string& pointer, const object* organization, int depth) {
    bool any = false;
    for (const char* name : {"contents", "organizations", "services"}) {
      const auto* inside = around.if_contains(name);
      if (inside == nullptr || !inside->is_array()) continue;
      const bool named = name == std::string_view("services") && around.contains("name");
      add(*inside, pointer + '/' + name, named ? &around : organization, depth + 1);
      any = true;
    }
    return any;
  }
};

ServiceRows refused(std::string what) { return {{}, {{1, "", std::move(what)}}, {}}; }

void add_service(const Entry& found, std::size_t number, const ServiceRules& rules, date::local_days today,
                 ServiceRows& into) {
  if (!found.fault.empty()) {
    into.errors.push_back({number, found.service.pointer, found.fault});
    return;
  }
  ReadService read = read_hsds_service(found.service, rules, today);
  for (ServiceFault& fault : read.faults)
    into.errors.push_back({number, std::move(fault.field), std::move(fault.what)});
  if (!read.inactive.empty()) into.inactive.push_back(std::move(read.inactive));
  if (!read.faults.empty()) return;
  for (Service& service : read.services) {
    const bool counts = service.free_places.has_value();
    into.rows.push_back({number, std::move(service), counts});
  }
}

}  // namespace

ServiceRows read_hsds(std::string_view json, const ServiceRules& rules, date::local_days today) {
  if (json.size() > hsds_bytes)
    return refused(fmt::format("the file is larger than {} bytes; cut it into several", hsds_bytes));
  boost::json::parse_options options;
  options.max_depth = deepest_json;
  boost::json::parser parser({}, options);
  boost::system::error_code error;
  const std::size_t read_bytes = parser.write(json.data(), json.size(), error);
  if (error) {
    const Position at = position_of("", std::string(json), read_bytes);
    return {{},
            {{static_cast<std::size_t>(at.line), "",
              fmt::format("column {}: is not JSON: {}", at.column, error.message())}},
            {}};
  }
  const boost::json::value value = parser.release();
  Collection collection;
  collection.add(value, "", nullptr);
  if (collection.found.size() > csv_rows)
    return refused(fmt::format("the file has more than {} services; cut it into several", csv_rows));
  ServiceRows read;
  for (std::size_t i = 0; i < collection.found.size(); ++i) add_service(collection.found[i], i + 1, rules, today, read);
  refuse_doubles(read, "/id");
  return read;
}

}  // namespace passerelle::casework
