#include "adapters/viber/tracking.hpp"

#include <boost/json.hpp>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"

namespace passerelle::adapters::viber {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_read = 4 * longest_tracking_data;  // in bytes
constexpr std::size_t most_buttons = 100;

}  // namespace

std::string write_pressed(const std::vector<Button>& buttons) {
  json::array list;
  for (const Button& each : buttons) list.push_back(json::object{{"id", each.payload}, {"words", each.label}});
  return json::serialize(json::object{{"buttons", std::move(list)}});
}

std::string read_pressed(std::string_view tracking_data, std::string_view words) {
  if (words.empty() || tracking_data.size() > longest_read) return {};
  const auto data = read_object(tracking_data);
  if (!data) return {};
  for (const json::value& each : items_at(*data, "buttons", most_buttons)) {
    const json::object* button = each.if_object();
    if (button != nullptr && view_at(*button, "words") == words) return std::string(view_at(*button, "id"));
  }
  return {};
}

}  // namespace passerelle::adapters::viber
