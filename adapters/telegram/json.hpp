// Members of Telegram's objects, of which any may be missing or of another type one day.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "adapters/json_object.hpp"

namespace passerelle::adapters::telegram {

// Ids have up to 52 significant bits; a fraction or a text is no number to us.
inline std::optional<std::int64_t> number_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_int64() ? std::nullopt : std::optional(value->get_int64());
}

}  // namespace passerelle::adapters::telegram
