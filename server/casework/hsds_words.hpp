// How HSDS names things, and our own taxonomies in it.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::casework {

inline constexpr std::string_view own_fields = "passerelle";  // its terms are the names of our fields
inline constexpr std::string_view own_needs = "passerelle:need";
inline constexpr std::string_view own_audiences = "passerelle:audience";

// The fields that HSDS has no place for.
inline const std::vector<std::string>& fields_beyond_hsds() {
  static const std::vector<std::string> fields{"ref",    "neutral_name", "zone",   "sensitive",
                                               "source", "owner",        "expires"};
  return fields;
}

// HSDS wants UUIDs; the same thing has the same one in every export.
std::string uuid_of(std::string_view thing);
bool is_uuid(std::string_view text);

// A text of an object: nothing, or something else than a text, is empty.
std::string text_of(const boost::json::object& object, std::string_view name);
// The objects of a list; what is none is left out.
std::vector<const boost::json::object*> objects_of(const boost::json::object& object, std::string_view name);
const boost::json::object* object_of(const boost::json::object& object, std::string_view name);  // or null

}  // namespace passerelle::casework
