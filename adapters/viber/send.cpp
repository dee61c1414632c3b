#include "adapters/viber/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/viber/tracking.hpp"

namespace passerelle::adapters::viber {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::size_t longest_token = 20;
constexpr std::int64_t largest_status = 999'999;

constexpr std::int64_t ok = 0;
constexpr std::int64_t not_subscribed = 6;
constexpr auto passing = std::to_array<std::int64_t>({12, 1000});  // too many requests; "general error"
// The webhook, the token, the account (blocked, not found, suspended, no webhook, not authorized), and what it may
// cost.
constexpr auto our_mistakes = std::to_array<std::int64_t>({1, 2, 7, 8, 9, 10, 15, 23, 24});

template <std::size_t size>
bool among(const std::array<std::int64_t, size>& codes, std::int64_t code) {
  return std::ranges::find(codes, code) != codes.end();
}

// Viber reads marks of HTML in the words of a button.
bool is_shown(const std::vector<Button>& buttons) {
  const auto plain = [](const Button& each) { return each.label.find_first_of("<>&") == std::string::npos; };
  return !buttons.empty() && std::ranges::all_of(buttons, plain) &&
         write_pressed(buttons).size() <= longest_tracking_data;
}

// What is pressed is sent as the person's own words, so that these are the answer's.
json::object keyboard(const std::vector<Button>& buttons) {
  json::array list;
  for (const Button& each : buttons) {
    list.push_back(json::object{{"ActionType", "reply"},
                                {"ActionBody", each.label},
                                {"Text", each.label},
                                {"TextSize", "regular"},
                                {"Columns", 6},
                                {"Rows", 1}});
  }
  return {{"Type", "keyboard"}, {"DefaultHeight", false}, {"Buttons", std::move(list)}};
}

}  // namespace

OutgoingRequest send_request(const Bot& bot, const OutboundMessage& message) {
  assert(!message.text.empty());
  json::object body{{"receiver", message.to.user},
                    {"min_api_version", 1},
                    {"sender", json::object{{"name", bot.sender}}},
                    {"type", "text"},
                    {"text", message.text}};
  if (is_shown(message.buttons.list)) {
    body["keyboard"] = keyboard(message.buttons.list);
    body["tracking_data"] = write_pressed(message.buttons.list);
  }
  OutgoingRequest request;
  request.url = bot.api_url + "/pa/send_message";
  request.fields = {{"X-Viber-Auth-Token", std::string(bot.token.reveal())},
                    {"Content-Type", "application/json"},
                    {"Accept", "application/json"}};
  request.body = json::serialize(body);
  return request;
}

Outcome judge_answer(const HttpResponse& response) {
  if (response.status / 100 != 2 || response.body.size() > longest_answer) return judge_status(response);
  const json::object answer = read_object(response.body).value_or(json::object());
  const auto status = integer_at(answer, "status");
  if (!status || *status < 0 || *status > largest_status) return judge_status(response);
  const std::string why = std::to_string(*status);
  if (*status == ok) return Accepted{id_at(answer, "message_token", longest_token)};
  if (*status == not_subscribed) return OptedOut{};
  if (among(passing, *status)) return RetryLater{retry_after(response), why};
  if (among(our_mistakes, *status)) return Misconfigured{why};
  return Refused{why};
}

}  // namespace passerelle::adapters::viber
