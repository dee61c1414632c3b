// JSON from gateways: read leniently where people's texts are in it, since one broken letter must not hide a whole
// page.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <optional>
#include <string_view>

namespace passerelle::adapters {

// Nothing when the text is no JSON object. Half of a surrogate pair becomes U+FFFD; bytes that are no UTF-8 stay as
// they are: valid_utf8() the texts that are kept.
std::optional<boost::json::object> read_object(std::string_view text);
std::optional<boost::json::array> read_array(std::string_view text);

// The text, object or array of a member, or null.
const boost::json::string* text_at(const boost::json::object& object, std::string_view key);
const boost::json::object* object_at(const boost::json::object& object, std::string_view key);
const boost::json::array* array_at(const boost::json::object& object, std::string_view key);

}  // namespace passerelle::adapters
