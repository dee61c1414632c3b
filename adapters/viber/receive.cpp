#include "adapters/viber/receive.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/pressed.hpp"
#include "adapters/text.hpp"
#include "adapters/viber/tracking.hpp"
#include "base/url.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::viber {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_token = 20;  // digits: message tokens go up to 2^64, beyond what a double can hold
constexpr std::size_t longest_user = 64;   // base64: "01234567890A="
constexpr std::size_t longest_url = 2048;
constexpr auto media_types = std::to_array<std::string_view>({"picture", "video", "file", "sticker"});

constexpr std::array<std::pair<std::string_view, Delivery>, 3> states = {
    {{"delivered", Delivery::delivered}, {"seen", Delivery::read}, {"failed", Delivery::failed}}};

// Whatever the address, somebody has sent a picture: staff must learn of it.
void read_media(const json::object& content, const Reach& media, InboundMessage& message) {
  const std::string_view url = view_at(content, "media");
  if (is_plain(url, longest_url) && reaches(media, url)) message.attachments.push_back({std::string(url), ""});
  message.text = valid_utf8(view_at(content, "text"));
  // A photo with words under it stays a text: "help" under a picture must be read like any other.
  if (message.text.empty()) message.kind = InboundMessage::Kind::media;
}

// Of what has no form that we know (a place without coordinates, a type of next year), staff must see that it came.
void read_content(const json::object& content, const Reach& media, InboundMessage& message) {
  const std::string_view type = view_at(content, "type");
  if (std::ranges::find(media_types, type) != media_types.end()) {
    return read_media(content, media, message);
  }
  if (type == "text") {  // a button's ActionBody, too
    message.text = valid_utf8(view_at(content, "text"));
    note_press(read_pressed(view_at(content, "tracking_data"), message.text), message);
    if (content.contains("text")) return;
  } else if (type == "url") {
    message.text = valid_utf8(view_at(content, "media"));
  } else if (const json::object* place = object_at(content, "location"); type == "location" && place != nullptr) {
    message.text = place_at(*place, "lat", "lon").value_or("");
    if (!message.text.empty()) message.kind = InboundMessage::Kind::location;
  } else if (const json::object* card = object_at(content, "contact"); type == "contact" && card != nullptr) {
    const std::string_view name = view_at(*card, "name");
    const std::string_view number = view_at(*card, "phone_number");
    if (!number.empty()) message.text = valid_utf8(std::string(name).append(name.empty() ? "" : ": ").append(number));
  }
  if (message.text.empty()) message.kind = InboundMessage::Kind::media;
}

std::optional<InboundMessage> message_of(const std::string& channel, const Reach& media, const json::object& event,
                                         TimePoint now) {
  if (event.contains("chat_id")) return std::nullopt;  // what is said among others is not said to us
  const json::object* sender = object_at(event, "sender");
  const json::object* content = object_at(event, "message");
  if (sender == nullptr || content == nullptr) return std::nullopt;
  InboundMessage message;
  message.from = {channel, id_at(*sender, "id", longest_user)};
  message.provider_id = id_at(event, "message_token", longest_token);
  message.sent_at = time_at(event, "timestamp", now);
  if (message.from.user.empty() || message.provider_id.empty()) return std::nullopt;
  read_content(*content, media, message);
  return message;
}

}  // namespace

Webhook read_body(const std::string& channel, const Reach& media, std::string_view body, TimePoint now) {
  const std::optional<json::object> event = read_object(body);
  if (!event) return Rejected{400, "body"};
  Events events;
  const std::string_view name = view_at(*event, "event");
  const auto state = std::ranges::find(states, name, &std::pair<std::string_view, Delivery>::first);
  if (name == "message") {
    if (auto message = message_of(channel, media, *event, now)) events.messages.push_back(std::move(*message));
  } else if (name == "unsubscribed") {
    std::string user = id_at(*event, "user_id", longest_user);
    if (!user.empty()) events.opted_out.push_back({channel, std::move(user)});
  } else if (state != states.end()) {
    Receipt receipt;
    receipt.provider_id = id_at(*event, "message_token", longest_token);
    receipt.state = state->second;  // why it failed is told in words only, which are not kept
    if (!receipt.provider_id.empty()) events.receipts.push_back(std::move(receipt));
  }
  if (events.messages.empty() && events.receipts.empty() && events.opted_out.empty()) events.ignored = 1;
  return events;
}

}  // namespace passerelle::adapters::viber
