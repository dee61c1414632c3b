// decode_messages() of messages.hpp.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/pressed.hpp"
#include "adapters/text.hpp"
#include "adapters/vonage/messages.hpp"
#include "base/url.hpp"
#include "base/zone.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::vonage {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_address = 160;  // a WhatsApp id without a number has up to 131 letters
constexpr std::size_t longest_url = 2048;
constexpr std::size_t most_contacts = 10;
constexpr std::string_view opted_out_code = "1240";

constexpr std::array<std::pair<std::string_view, Delivery>, 5> statuses = {{{"submitted", Delivery::sent},
                                                                            {"delivered", Delivery::delivered},
                                                                            {"read", Delivery::read},
                                                                            {"rejected", Delivery::failed},
                                                                            {"undeliverable", Delivery::failed}}};
// A message of the type has a member of the same name, with a 'url'.
constexpr auto media = std::to_array<std::string_view>({"image", "audio", "video", "file", "sticker", "vcard"});

std::string text_of(const json::object* object, std::string_view key) {
  const json::string* text = object == nullptr ? nullptr : text_at(*object, key);
  return text == nullptr ? std::string() : valid_utf8(*text);
}

std::string plain_of(const json::object* object, std::string_view key, std::size_t longest) {
  std::string text = text_of(object, key);
  return is_plain(text, longest) ? text : std::string();
}

std::string first_of(const json::object* object, std::string_view key, std::string_view other) {
  std::string text = text_of(object, key);
  return text.empty() ? text_of(object, other) : text;
}

std::optional<double> degrees(const json::object& place, std::string_view key, double most) {
  const json::value* value = place.if_contains(key);
  if (value == nullptr) return std::nullopt;
  double read = 0;
  if (const json::string* text = value->if_string()) {
    const auto [end, error] =
        std::from_chars(text->data(), text->data() + text->size(), read, std::chars_format::fixed);
    if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  } else if (value->is_number()) {
    read = value->to_number<double>();
  } else {
    return std::nullopt;
  }
  return read >= -most && read <= most ? std::optional(read) : std::nullopt;
}

std::string written(double value) {
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed).ptr;
  return {digits.data(), end};
}

// A place as a geo: URI (RFC 5870), and what the person's phone says of it.
std::string place_of(const json::object* place) {
  if (place == nullptr) return {};
  const auto latitude = degrees(*place, "lat", 90);
  const auto longitude = degrees(*place, "long", 180);
  if (!latitude || !longitude) return {};
  std::string text = "geo:" + written(*latitude) + "," + written(*longitude);
  for (const std::string_view key : {"name", "address"}) {
    const std::string more = text_of(place, key);
    if (!more.empty()) text.append("\n").append(more);
  }
  return text;
}

// "tel:+41791234567 Amina", a line for each number.
std::string contacts_of(const json::object& body) {
  const json::array* contacts = array_at(body, "contacts");
  std::string text;
  for (std::size_t i = 0; contacts != nullptr && i < std::min(contacts->size(), most_contacts); ++i) {
    const json::object* contact = (*contacts)[i].if_object();
    const json::array* phones = contact == nullptr ? nullptr : array_at(*contact, "phones");
    if (phones == nullptr) continue;
    const std::string name = text_of(object_at(*contact, "name"), "formatted_name");
    for (std::size_t j = 0; j < std::min(phones->size(), most_contacts); ++j) {
      const std::string phone = plain_of((*phones)[j].if_object(), "phone", 40);
      if (!phone.empty()) text.append(text.empty() ? "" : "\n").append("tel:").append(phone).append(" ").append(name);
    }
  }
  return text;
}

// Vonage keeps media itself, on hosts of its own.
bool is_theirs(const Account& account, const std::string& url) {
  const std::optional<WebUrl> read =
      url.size() <= longest_url && is_plain(url, longest_url) ? read_url(url) : std::nullopt;
  return read && read->is_https &&
         (read->host == account.api_host || read->host.ends_with(".nexmo.com") || read->host.ends_with(".vonage.com"));
}

void read_media(const Account& account, const json::object* part, const std::string& type, InboundMessage& message) {
  message.text = text_of(part, "caption");
  if (message.text.empty()) message.kind = InboundMessage::Kind::media;
  const std::string url = text_of(part, "url");
  if (is_theirs(account, url)) message.attachments.push_back({url, type});  // "image": more is not told
}

// What the person meant to say, by the type of the message. Of a type that we do not know a person sees that it came.
void read_content(const Account& account, const json::object& body, InboundMessage& message) {
  const std::string type = plain_of(&body, "message_type", 32);
  if (type == "text") {
    message.text = text_of(&body, "text");
  } else if (type == "reply") {
    const json::object* reply = object_at(body, "reply");
    const std::string id = text_of(reply, "id");
    message.text = words_of_row(id, first_of(reply, "title", "id"), text_of(reply, "description"));
    note_press(id, message);
  } else if (type == "button") {
    message.text = first_of(object_at(body, "button"), "text", "payload");
    note_press(text_of(object_at(body, "button"), "payload"), message);
  } else if (std::ranges::find(media, type) != media.end()) {
    read_media(account, object_at(body, type), type, message);
  } else if (type == "location") {
    message.text = place_of(object_at(body, "location"));
    message.kind = message.text.empty() ? InboundMessage::Kind::media : InboundMessage::Kind::location;
  } else {
    if (type == "contacts") message.text = contacts_of(body);
    message.kind = InboundMessage::Kind::media;
  }
}

// Who writes, and on which side of the account. Nothing: a service that we do not carry.
std::string user_of(const json::object& body) {
  const std::string channel = text_of(&body, "channel");
  std::string from = plain_of(&body, "from", longest_address);
  if (channel == "sms" || channel == "mms") return from.empty() ? from : with_plus(from);
  if (channel != "whatsapp") return {};
  // Who has a user name may hide the number. As receipts name it ("whatsapp.recipient"); not seen in a message yet.
  const json::object* whatsapp = object_at(body, "whatsapp");
  if (from.empty() && whatsapp != nullptr) from = plain_of(object_at(*whatsapp, "sender"), "user_id", longest_address);
  return from.empty() ? from : "whatsapp:" + with_plus(from);
}

std::optional<InboundMessage> message_of(const Account& account, const json::object& body, TimePoint now) {
  const std::string id = text_of(&body, "message_uuid");
  const std::string user = user_of(body);
  if (!is_ascii_word(id, longest_id) || user.empty() || text_of(&body, "message_type") == "reaction")
    return std::nullopt;
  const auto told = parse_instant(text_of(&body, "timestamp").substr(0, 40));
  InboundMessage message;
  message.from = {account.channel, user};
  message.provider_id = id;
  message.sent_at = told ? std::min(*told, now) : now;
  read_content(account, body, message);
  return message;
}

// ".../api-errors/messages#1240", or its title, which is the number as well.
std::string code_of(const json::object* error) {
  const std::string type = text_of(error, "type");
  if (const auto mark = type.rfind('#'); mark != std::string::npos) {
    const std::string code = type.substr(mark + 1);
    if (is_ascii_word(code, 16)) return code;
  }
  const json::value* title = error == nullptr ? nullptr : error->if_contains("title");
  if (title == nullptr) return {};
  if (title->is_int64()) return std::to_string(title->get_int64());
  const std::string text = text_of(error, "title");
  return is_ascii_word(text, 16) ? text : std::string();
}

std::optional<Receipt> receipt_of(const json::object& body) {
  const std::string status = text_of(&body, "status");
  const auto known =
      std::ranges::find(statuses, std::string_view(status), &std::pair<std::string_view, Delivery>::first);
  const std::string id = text_of(&body, "message_uuid");
  if (known == statuses.end() || !is_ascii_word(id, longest_id)) return std::nullopt;
  const std::string ref = text_of(&body, "client_ref");
  Receipt receipt;
  if (is_ascii_word(ref, longest_id)) receipt.ref = ref;
  receipt.provider_id = id;
  receipt.state = known->second;
  if (receipt.state == Delivery::failed) {
    const json::object* error = object_at(body, "error");
    receipt.code = code_of(error);
    receipt.opted_out = receipt.code == opted_out_code && error != nullptr && tells_opt_out(*error);
    if (receipt.code.empty()) receipt.code = status;
  }
  return receipt;
}

}  // namespace

Webhook decode_messages(const Account& account, std::string_view text, TimePoint now) {
  const std::optional<json::object> body = read_object(text);
  if (!body) return Rejected{400, "json"};
  Events events;
  if (body->contains("status")) {
    if (auto receipt = receipt_of(*body)) events.receipts.push_back(std::move(*receipt));
  } else if (auto message = message_of(account, *body, now)) {
    events.messages.push_back(std::move(*message));
  }
  if (events.messages.empty() && events.receipts.empty()) events.ignored = 1;
  return events;
}

}  // namespace passerelle::adapters::vonage
