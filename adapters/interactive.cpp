#include "adapters/interactive.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <set>
#include <string>

#include "domain/press.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 1024;
constexpr std::size_t most_replies = 3;
constexpr std::size_t longest_reply = 20;
constexpr std::size_t longest_title = 24;

bool fits(const std::vector<Button>& buttons, std::size_t most, std::size_t longest) {
  return buttons.size() <= most &&
         std::ranges::all_of(buttons, [=](const Button& each) { return code_point_count(each.label) <= longest; });
}

// Meta refuses the whole message where two answers look the same.
bool all_differ(const std::vector<Button>& buttons) {
  std::set<std::string_view> labels;
  return std::ranges::all_of(buttons, [&](const Button& each) { return labels.insert(each.label).second; });
}

json::object replies(const std::vector<Button>& buttons) {
  json::array list;
  for (const Button& each : buttons) {
    list.push_back(
        json::object{{"type", "reply"}, {"reply", json::object{{"id", each.payload}, {"title", each.label}}}});
  }
  return {{"buttons", std::move(list)}};
}

json::object row(const Button& button) {
  json::object row{{"id", button.payload}};
  if (code_point_count(button.label) <= longest_title) {
    row["title"] = button.label;
  } else {
    const auto press = read_press(button.payload);
    row["title"] = press ? std::to_string(press->number) : std::string("?");
    row["description"] = button.label;
  }
  return row;
}

json::object rows(const Buttons& buttons) {
  json::array list;
  for (const Button& each : buttons.list) list.push_back(row(each));
  return {{"button", buttons.open}, {"sections", json::array{json::object{{"rows", std::move(list)}}}}};
}

}  // namespace

std::optional<json::object> interactive(const OutboundMessage& message) {
  const std::vector<Button>& list = message.buttons.list;
  if (list.empty() || !all_differ(list) || code_point_count(message.text) > longest_text) return std::nullopt;
  json::object object{{"body", json::object{{"text", message.text}}}};
  if (fits(list, most_replies, longest_reply)) {
    object["type"] = "button";
    object["action"] = replies(list);
    return object;
  }
  const std::string& open = message.buttons.open;
  if (open.empty() || code_point_count(open) > longest_reply) return std::nullopt;
  if (!fits(list, interactive_limits.most, interactive_limits.longest_label)) return std::nullopt;
  object["type"] = "list";
  object["action"] = rows(message.buttons);
  return object;
}

}  // namespace passerelle::adapters
