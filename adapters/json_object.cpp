#include "adapters/json_object.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <string>

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

constexpr std::size_t escape_length = 6;  // "\ud83d"

// The UTF-16 unit that an escape at 'at' stands for, or nothing.
std::optional<unsigned> unit_at(std::string_view text, std::size_t at) {
  const std::string_view escape = text.substr(std::min(at, text.size()), escape_length);
  if (escape.size() < escape_length || !escape.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(escape.data() + 2, escape.data() + escape_length, unit, 16);
  return error == std::errc() && end == escape.data() + escape_length ? std::optional(unit) : std::nullopt;
}

bool is_high(std::optional<unsigned> unit) { return unit && *unit >= 0xD800 && *unit <= 0xDBFF; }
bool is_low(std::optional<unsigned> unit) { return unit && *unit >= 0xDC00 && *unit <= 0xDFFF; }

// Boost.JSON 1.81 refuses a document with half of a pair in it.
std::string without_halves(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<unsigned> unit = unit_at(text, at);
    const bool is_pair = is_high(unit) && is_low(unit_at(text, at + escape_length));
    const bool is_half = !is_pair && (is_high(unit) || is_low(unit));
    const std::size_t length = is_pair ? 2 * escape_length : unit ? escape_length : text[at] == '\\' ? 2 : 1;
    out += is_half ? std::string_view("\\ufffd") : text.substr(at, length);
    at += length;
  }
  return out;
}

// Boost's own limit is 32, which quotations in replies in forwarded posts can reach. The parser does not recurse.
constexpr std::size_t deepest = 256;

std::optional<json::value> read_value(std::string_view text) {
  json::parse_options lenient;
  lenient.max_depth = deepest;
  lenient.allow_invalid_utf8 = true;
  boost::system::error_code error;
  json::value value = json::parse(without_halves(text), error, {}, lenient);
  return error ? std::nullopt : std::optional(std::move(value));
}

}  // namespace

std::optional<json::object> read_object(std::string_view text) {
  std::optional<json::value> value = read_value(text);
  if (!value || !value->is_object()) return std::nullopt;
  return std::move(value->get_object());
}

std::optional<json::array> read_array(std::string_view text) {
  std::optional<json::value> value = read_value(text);
  if (!value || !value->is_array()) return std::nullopt;
  return std::move(value->get_array());
}

const json::string* text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

}  // namespace passerelle::adapters
