#include "adapters/whatsapp/receive.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/pressed.hpp"
#include "adapters/text.hpp"
#include "adapters/whatsapp/address.hpp"
#include "adapters/whatsapp/send.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::whatsapp {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 256;  // "wamid." and base64
constexpr std::size_t longest_ref = 64;
constexpr std::size_t most_contacts = 20;
constexpr std::string_view opted_out_code = "131050";
constexpr auto media_types =
    std::to_array<std::string_view>({"image", "audio", "voice", "video", "document", "sticker"});
constexpr auto unsaid = std::to_array<std::string_view>({"reaction", "edit", "revoke"});

// README.md has the same table.
constexpr std::array<std::pair<std::string_view, Delivery>, 5> states = {{
    {"sent", Delivery::sent},
    {"delivered", Delivery::delivered},
    {"read", Delivery::read},
    {"played", Delivery::read},
    {"failed", Delivery::failed},
}};

// The object named after the message's type, where its content is; an empty one without it.
const json::object& content_of(const json::object& message, std::string_view type) {
  static const json::object none;
  const json::object* found = object_at(message, type);
  return found == nullptr ? none : *found;
}

// The words of a button or of a row in a list are what the person meant to say; its id is ours.
void read_choice(const json::object& interactive, InboundMessage& message) {
  for (const std::string_view key : {"button_reply", "list_reply"}) {
    const json::object* reply = object_at(interactive, key);
    if (reply == nullptr) continue;
    const std::string_view id = view_at(*reply, "id");
    message.text = valid_utf8(words_of_row(id, view_at(*reply, "title"), view_at(*reply, "description")));
    return note_press(id, message);
  }
}

// "Amina: +41 79 …", a line a number.
std::string cards(const json::object& message) {
  std::string text;
  for (const json::value& card : items_at(message, "contacts", most_contacts)) {
    const json::object* one = card.if_object();
    if (one == nullptr) continue;
    const json::object& name = content_of(*one, "name");
    for (const json::value& entry : items_at(*one, "phones", most_contacts)) {
      const json::object* phone = entry.if_object();
      const std::string_view number = phone == nullptr ? std::string_view() : view_at(*phone, "phone");
      if (number.empty()) continue;
      if (!text.empty()) text += '\n';
      const std::string_view shown = view_at(name, "formatted_name");
      text += valid_utf8(shown.empty() ? std::string(number) : std::string(shown).append(": ").append(number));
    }
  }
  return text;
}

bool read_place(const json::object& place, InboundMessage& message) {
  const std::optional<std::string> uri = place_at(place, "latitude", "longitude");
  if (!uri) return false;
  message.kind = InboundMessage::Kind::location;
  message.text = *uri;
  for (const std::string_view key : {"name", "address"}) {
    const std::string_view line = view_at(place, key);
    if (!line.empty()) message.text += "\n" + valid_utf8(line);
  }
  return true;
}

void read_media(const Line& line, const json::object& media, InboundMessage& message) {
  const std::string_view id = view_at(media, "id");
  const std::string_view type = view_at(media, "mime_type");
  if (is_ascii_word(id, longest_id))
    message.attachments.push_back({line.media_url + std::string(id), is_plain(type, 128) ? std::string(type) : ""});
  // A photo with words under it stays a text: "help" under a picture must be read like any other.
  message.text = valid_utf8(view_at(media, "caption"));
}

// Staff must see that somebody has another number now: nothing that we write to this one reaches them any more.
bool read_change(const json::object& change, InboundMessage& message) {
  const std::string number = address_of(view_at(change, view_at(change, "wa_id").empty() ? "new_wa_id" : "wa_id"));
  message.kind = InboundMessage::Kind::media;
  if (number.starts_with('+')) message.text = "tel:" + number;
  return view_at(change, "type").ends_with("_changed_number");
}

// False: nothing that a person wants to tell us. Of what has no form that we know (orders, forms, what WhatsApp itself
// cannot hand over, types of next year), staff must see that it came.
bool read_content(const Line& line, const json::object& given, InboundMessage& message) {
  const std::string_view type = view_at(given, "type");
  const json::object& content = content_of(given, type);
  if (std::ranges::find(unsaid, type) != unsaid.end()) return false;
  if (type == "system") return read_change(content, message);
  if (type == "location" && read_place(content, message)) return true;
  if (type == "text" && content.contains("body")) {
    message.text = valid_utf8(view_at(content, "body"));
    return true;
  }
  if (std::ranges::find(media_types, type) != media_types.end()) {
    read_media(line, content, message);
  } else if (type == "button") {  // under a template
    const std::string_view words = view_at(content, "text");
    message.text = valid_utf8(words.empty() ? view_at(content, "payload") : words);
    note_press(view_at(content, "payload"), message);
  } else if (type == "interactive") {
    read_choice(content, message);
  } else if (type == "contacts") {
    message.text = cards(given);
  }
  if (message.text.empty()) message.kind = InboundMessage::Kind::media;
  return true;
}

std::optional<InboundMessage> message_of(const Line& line, const json::object& given, const json::object& value,
                                         TimePoint now) {
  if (given.contains("group_id")) return std::nullopt;  // what is said among others is not said to us
  InboundMessage message;
  message.from = {line.channel, sender_of(given, value)};
  message.also = other_name_of(given, value);
  message.provider_id = id_at(given, "id", longest_id);
  if (message.from.user.empty() || message.provider_id.empty()) return std::nullopt;
  message.sent_at = time_at(given, "timestamp", now);
  if (!read_content(line, given, message)) return std::nullopt;
  return message;
}

std::string code_of(const json::object& status) {
  const auto errors = items_at(status, "errors", 1);
  const json::object* error = errors.empty() ? nullptr : errors.front().if_object();
  return error == nullptr ? std::string() : id_at(*error, "code", 16);
}

std::optional<Receipt> receipt_of(const json::object& status) {
  const auto known =
      std::ranges::find(states, view_at(status, "status"), &std::pair<std::string_view, Delivery>::first);
  Receipt receipt;
  receipt.provider_id = id_at(status, "id", longest_id);
  if (known == states.end() || receipt.provider_id.empty()) return std::nullopt;
  receipt.state = known->second;
  const std::string_view ref = view_at(status, "biz_opaque_callback_data");
  if (is_ascii_word(ref, longest_ref)) receipt.ref = ref;
  if (receipt.state != Delivery::failed) return receipt;
  const std::string code = code_of(status);
  receipt.opted_out = code == opted_out_code;
  receipt.misconfigured = is_our_mistake(code);
  // As it is called where the API refuses at once: Meta does either.
  receipt.code = needs_other_template(code) ? "needs_template" : is_ascii_word(code, 16) ? code : "";
  return receipt;
}

template <class Kind>
void take(std::optional<Kind> one, std::vector<Kind>& into, Events& events) {
  if (one)
    into.push_back(std::move(*one));
  else
    ++events.ignored;
}

void read_value(const Line& line, const json::object& value, TimePoint now, Events& events) {
  const json::object empty;
  for (const json::value& each : items_at(value, "messages")) {
    const json::object* given = each.if_object();
    take(message_of(line, given == nullptr ? empty : *given, value, now), events.messages, events);
  }
  for (const json::value& each : items_at(value, "statuses")) {
    const json::object* status = each.if_object();
    take(receipt_of(status == nullptr ? empty : *status), events.receipts, events);
  }
}

// Each change tells whose it is: a batch may hold those of several numbers.
bool is_ours(const Line& line, const json::object& change, const json::object& value) {
  const json::object* metadata = object_at(value, "metadata");
  return view_at(change, "field") == "messages" && metadata != nullptr &&
         id_at(*metadata, "phone_number_id", longest_id) == line.phone_number_id;
}

}  // namespace

Webhook read_body(const Line& line, std::string_view body, TimePoint now) {
  const std::optional<json::object> root = read_object(body);
  if (!root) return Rejected{400, "body"};
  Events events;
  if (view_at(*root, "object") != "whatsapp_business_account") {
    events.ignored = 1;
    return events;
  }
  for (const json::value& entry : items_at(*root, "entry")) {
    if (!entry.is_object()) continue;
    for (const json::value& each : items_at(entry.get_object(), "changes")) {
      const json::object* change = each.if_object();
      const json::object* value = change == nullptr ? nullptr : object_at(*change, "value");
      if (value != nullptr && is_ours(line, *change, *value))
        read_value(line, *value, now, events);
      else
        ++events.ignored;
    }
  }
  return events;
}

}  // namespace passerelle::adapters::whatsapp
