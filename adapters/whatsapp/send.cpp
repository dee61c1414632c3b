#include "adapters/whatsapp/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>

#include "adapters/graph_answer.hpp"
#include "adapters/interactive.hpp"
#include "adapters/json_fields.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/whatsapp/address.hpp"

namespace passerelle::adapters::whatsapp {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 256;
// 24 hours since the person last wrote; or the template has gone, breaks a rule, rests because people complained of it,
// or is switched off: none that can be used.
constexpr auto needs_template = std::to_array<std::int64_t>({131047, 132001, 132007, 132015, 132016});
constexpr std::int64_t opted_out = 131050;

// Nothing wrong with the message: too fast, to one person too, or a service that is down.
constexpr auto passing = std::to_array<std::int64_t>({130429, 131000, 131016, 131056, 131057, 133004, 133016, 135000});
// Our account, its number or its payment: no message of this channel would fare better. 131048 is among them: people
// have blocked us or called us spam, and whoever goes on sending loses the number.
constexpr auto our_mistakes =
    std::to_array<std::int64_t>({368, 131005, 131031, 131037, 131042, 131045, 131048, 133010});

template <std::size_t size>
bool among(const std::array<std::int64_t, size>& codes, std::int64_t code) {
  return std::ranges::find(codes, code) != codes.end();
}

std::string message_id(const json::object& answer) {
  const auto messages = items_at(answer, "messages", 1);
  const json::object* message = messages.empty() ? nullptr : messages.front().if_object();
  return message == nullptr ? std::string() : id_at(*message, "id", longest_id);
}

Outcome judge_failure(const graph::Failure& failure, const HttpResponse& response) {
  const std::string why = std::to_string(failure.code);
  if (failure.code == opted_out) return OptedOut{};
  if (among(needs_template, failure.code)) return NeedsTemplate{};
  if (graph::is_passing(failure) || among(passing, failure.code)) return RetryLater{retry_after(response), why};
  if (graph::is_our_access(failure) || among(our_mistakes, failure.code) || response.status == 401)
    return Misconfigured{why};
  if (response.status >= 500) return judge_status(response);
  return Refused{why};
}

// Its words are Meta's; ours are what stands at its places, and what its buttons bring back.
json::object approved(const FilledText& text) {
  json::array components;
  json::array values;
  for (const std::string& each : text.values) values.push_back(json::object{{"type", "text"}, {"text", each}});
  if (!values.empty()) components.push_back(json::object{{"type", "body"}, {"parameters", std::move(values)}});
  for (std::size_t i = 0; i < text.payloads.size(); ++i) {
    const json::object payload{{"type", "payload"}, {"payload", text.payloads[i]}};
    components.push_back(json::object{{"type", "button"},
                                      {"sub_type", "quick_reply"},
                                      {"index", std::to_string(i)},
                                      {"parameters", json::array{payload}}});
  }
  return {{"name", text.name}, {"language", json::object{{"code", text.code}}}, {"components", std::move(components)}};
}

}  // namespace

OutgoingRequest send_request(const graph::Api& api, const std::string& phone_number_id,
                             const OutboundMessage& message) {
  assert(!message.text.empty());
  json::object body{{"messaging_product", "whatsapp"}, {"recipient_type", "individual"}};
  put_recipient(body, message.to.user);
  if (message.approved) {
    body["type"] = "template";
    body["template"] = approved(*message.approved);
  } else if (auto shown = interactive(message)) {
    body["type"] = "interactive";
    body["interactive"] = std::move(*shown);
  } else {
    body["type"] = "text";
    body["text"] = json::object{{"preview_url", false}, {"body", message.text}};
  }
  body["biz_opaque_callback_data"] = message.ref;
  return graph::post(api, "/" + phone_number_id + "/messages", json::serialize(body));
}

bool needs_other_template(std::string_view code) {
  return std::ranges::any_of(needs_template, [&](std::int64_t one) { return std::to_string(one) == code; });
}

bool is_our_mistake(std::string_view code) {
  return std::ranges::any_of(our_mistakes, [&](std::int64_t one) { return std::to_string(one) == code; });
}

Outcome judge_answer(const HttpResponse& response) {
  const json::object answer = graph::body_of(response);
  if (const auto failure = graph::failure_of(answer)) return judge_failure(*failure, response);
  if (response.status / 100 == 2) {
    const std::string id = message_id(answer);
    if (!id.empty()) return Accepted{id};
  }
  // Without a code it is not Meta that speaks: a proxy on the way, a wrong api_url.
  return judge_status(response);
}

}  // namespace passerelle::adapters::whatsapp
