#include "adapters/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "adapters/text.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

constexpr std::int64_t first_of_milliseconds = 100'000'000'000;  // as seconds, the year 5138
constexpr std::int64_t latest = 32'503'680'000'000;              // the year 3000, in milliseconds

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> degrees_at(const json::object& object, std::string_view key, double most) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double degrees = value->to_number<double>();
  return std::isfinite(degrees) && std::abs(degrees) <= most ? std::optional(degrees) : std::nullopt;
}

// Boost.JSON 1.81 may read 46.2044 as its neighbour: digits beyond a tenth of a metre are not told.
std::string decimal(double degrees) {
  std::string text = fmt::format("{:.6f}", degrees);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

}  // namespace

std::span<const json::value> items_at(const json::object& object, std::string_view key, std::size_t most) {
  const json::array* array = array_at(object, key);
  if (array == nullptr) return {};
  return {array->data(), std::min(array->size(), most)};
}

std::string_view view_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool is_true(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> integer_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return std::nullopt;
  if (const json::string* text = value->if_string()) return integer_of(*text);
  return value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::string id_at(const json::object& object, std::string_view key, std::size_t longest) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return {};
  if (value->is_uint64()) return std::to_string(value->get_uint64());
  if (value->is_int64()) return value->get_int64() < 0 ? std::string() : std::to_string(value->get_int64());
  const json::string* text = value->if_string();
  return text != nullptr && is_plain(*text, longest) ? std::string(*text) : std::string();
}

TimePoint time_at(const json::object& object, std::string_view key, TimePoint now) {
  std::int64_t number = integer_at(object, key).value_or(0);
  if (number > 0 && number < first_of_milliseconds) number *= 1000;
  if (number <= 0 || number > latest) return now;
  return std::min(from_ms(number), now);
}

std::optional<std::string> place_at(const json::object& object, std::string_view latitude, std::string_view longitude) {
  const std::optional<double> north = degrees_at(object, latitude, 90);
  const std::optional<double> east = degrees_at(object, longitude, 180);
  if (!north || !east) return std::nullopt;
  return "geo:" + decimal(*north) + "," + decimal(*east);
}

}  // namespace passerelle::adapters
