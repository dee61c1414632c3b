#include "adapters/messenger/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>

#include "adapters/graph_answer.hpp"
#include "adapters/json_fields.hpp"
#include "adapters/outgoing.hpp"

namespace passerelle::adapters::messenger {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 256;
// More than 24 hours since the person wrote. Other kinds of messages would need a right that Meta gives to people only.
constexpr auto window_closed = std::to_array<std::int64_t>({2018065, 2018278, 2534022});
// About this person, under codes that else mean that we lack a right: blocked us, gone, not known to this page.
constexpr auto about_person = std::to_array<std::int64_t>({1545041, 2018001, 2018108, 2534014});
constexpr std::int64_t person_unavailable = 551;
constexpr std::int64_t blocked_by_meta = 368;
constexpr std::int64_t too_many_to_one = 1200;
constexpr graph::Failure sent_all_the_same{1, 1357046};  // "Received invalid JSON reply", after the message has left

template <std::size_t size>
bool among(const std::array<std::int64_t, size>& codes, std::int64_t code) {
  return std::ranges::find(codes, code) != codes.end();
}

std::string why_of(const graph::Failure& failure) {
  const std::string code = std::to_string(failure.code);
  return failure.subcode == 0 ? code : code + "-" + std::to_string(failure.subcode);
}

Outcome judge_failure(const graph::Failure& failure, const HttpResponse& response) {
  const std::string why = why_of(failure);
  if (among(window_closed, failure.subcode)) return NeedsTemplate{};
  if (among(about_person, failure.subcode) || failure.code == person_unavailable) return Refused{why};
  if (failure.code == sent_all_the_same.code && failure.subcode == sent_all_the_same.subcode) return Ambiguous{why};
  if (graph::is_passing(failure) || failure.code == too_many_to_one) return RetryLater{retry_after(response), why};
  if (graph::is_our_access(failure) || failure.code == blocked_by_meta || response.status == 401)
    return Misconfigured{why};
  if (response.status >= 500) return judge_status(response);
  return Refused{why};
}

// Both are allowed for 24 hours after the person wrote; Meta wants to know which it is.
std::string_view kind_of(MessageClass message_class) {
  const bool answers = message_class == MessageClass::crisis || message_class == MessageClass::reply;
  return answers ? "RESPONSE" : "UPDATE";
}

// Shown above the keyboard until the person has answered, or we have written again.
json::array quick_replies(const OutboundMessage& message) {
  json::array replies;
  for (const Button& each : message.buttons.list)
    replies.push_back(json::object{{"content_type", "text"}, {"title", each.label}, {"payload", each.payload}});
  return replies;
}

}  // namespace

OutgoingRequest send_request(const graph::Api& api, const std::string& page, const OutboundMessage& message) {
  assert(!message.text.empty());
  json::object content{{"text", message.text}, {"metadata", message.ref}};
  if (json::array replies = quick_replies(message); !replies.empty()) content["quick_replies"] = std::move(replies);
  const json::object body{{"recipient", json::object{{"id", message.to.user}}},
                          {"messaging_type", kind_of(message.message_class)},
                          {"message", std::move(content)}};
  return graph::post(api, "/" + page + "/messages", json::serialize(body));
}

Outcome judge_answer(const HttpResponse& response) {
  const json::object answer = graph::body_of(response);
  if (const auto failure = graph::failure_of(answer)) return judge_failure(*failure, response);
  if (response.status / 100 == 2) {
    const std::string id = id_at(answer, "message_id", longest_id);
    if (!id.empty()) return Accepted{id};
  }
  return judge_status(response);
}

}  // namespace passerelle::adapters::messenger
