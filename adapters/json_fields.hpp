// Members of a JSON object by their kind. Gateways leave them out, or put something else there: that is never an error
// here, only nothing.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/json_object.hpp"
#include "base/clock.hpp"

namespace passerelle::adapters {

// The elements of an array, at most so many; none where the member is no array.
std::span<const boost::json::value> items_at(const boost::json::object& object, std::string_view key,
                                             std::size_t most = 20'000);

// The text of a member as a view, which lives as long as the object; empty where there is none.
std::string_view view_at(const boost::json::object& object, std::string_view key);

// Whether a member is true.
bool is_true(const boost::json::object& object, std::string_view key);

// A whole number, as such or as the text of its digits ("1795307354").
std::optional<std::int64_t> integer_at(const boost::json::object& object, std::string_view key);

// An id that is a whole number without a sign, up to 2^64, or a text: as a text of at most 'longest' plain bytes, since
// no double holds 19 digits. Empty where there is none.
std::string id_at(const boost::json::object& object, std::string_view key, std::size_t longest);

// Seconds since 1970, or milliseconds where the number is too large for seconds, as a number or its text. A gateway's
// clock may be ahead: never later than 'now'; 'now' too where no such number is.
TimePoint time_at(const boost::json::object& object, std::string_view key, TimePoint now);

// A place as a geo: URI (RFC 5870), to a tenth of a metre; nothing unless both are degrees.
std::optional<std::string> place_at(const boost::json::object& object, std::string_view latitude,
                                    std::string_view longitude);

}  // namespace passerelle::adapters
