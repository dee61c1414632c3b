#include "adapters/smsgate/receive.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "base/zone.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::smsgate {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_address = 128;
constexpr std::size_t most_in_a_batch = 1000;  // the app sends 100
constexpr std::size_t most_attachments = 10;
constexpr std::size_t longest_reason = 512;

enum class Shape { text, data, mms_notice, mms };

constexpr std::array<std::pair<std::string_view, Shape>, 4> single = {{{"sms:received", Shape::text},
                                                                       {"sms:data-received", Shape::data},
                                                                       {"mms:received", Shape::mms_notice},
                                                                       {"mms:downloaded", Shape::mms}}};
constexpr std::array<std::pair<std::string_view, Shape>, 4> batch = {{{"sms:batch:received", Shape::text},
                                                                      {"sms:batch:data-received", Shape::data},
                                                                      {"mms:batch:received", Shape::mms_notice},
                                                                      {"mms:batch:downloaded", Shape::mms}}};

template <class Table>
std::optional<Shape> shape_of(const Table& table, std::string_view event) {
  const auto found = std::ranges::find(table, event, &Table::value_type::first);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::string plain_at(const json::object& object, std::string_view key, std::size_t longest) {
  const json::string* text = text_at(object, key);
  return text != nullptr && is_plain(*text, longest) ? std::string(*text) : std::string();
}

std::string word_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text != nullptr && is_ascii_word(*text, longest_id) ? std::string(*text) : std::string();
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text == nullptr ? std::string() : valid_utf8(*text);
}

std::optional<TimePoint> time_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  if (text == nullptr || text->size() > 40) return std::nullopt;
  const auto instant = parse_instant(*text);
  return instant ? std::optional(*instant) : std::nullopt;
}

// The app on the phone keeps them, where we call it directly; a server in between does not have them.
std::vector<Attachment> attachments(const Inbox& inbox, const json::object& payload, const std::string& id) {
  std::vector<Attachment> found;
  const json::array* list = array_at(payload, "attachments");
  if (list == nullptr || id.empty()) return found;
  for (const json::value& value : *list) {
    const json::object* one = value.if_object();
    const json::value* part = one == nullptr ? nullptr : one->if_contains("partId");
    if (part == nullptr || !part->is_int64() || found.size() >= most_attachments) continue;
    found.push_back(
        {inbox.api_url + "/inbox/" + percent_encode(id) + "/attachments/" + std::to_string(part->get_int64()),
         plain_at(*one, "contentType", 128)});
  }
  return found;
}

// Subject and words of an MMS; its subject is often "NoSubject", which nobody wrote.
std::string words_of(const json::object& payload) {
  std::string subject = text_of(payload, "subject");
  const std::string body = text_of(payload, "body");
  if (subject == "NoSubject") subject.clear();
  return subject + (subject.empty() || body.empty() ? "" : "\n") + body;
}

// What tells an MMS from others of the same sender and second. Its messageId alone does not: it is the number of a row
// on the phone, which begins again on the next phone, so that another person's cry would be taken for a repeat.
std::string mms_marks(const json::object& payload, std::string_view device) {
  std::string marks(device);
  for (const std::string_view key : {"messageId", "transactionId", "subject", "body"})
    marks.append(1, '\0').append(text_of(payload, key));
  const json::array* parts = array_at(payload, "attachments");
  for (std::size_t i = 0; parts != nullptr && i < std::min(parts->size(), most_attachments); ++i) {
    const json::object* part = (*parts)[i].if_object();
    if (part != nullptr) marks.append(1, '\0').append(text_of(*part, "contentType"));
  }
  return marks;
}

// What is told apart from others of the same sender and second; data by its base64, which is not kept.
std::string marks_of(const json::object& payload, Shape shape, std::string_view device) {
  switch (shape) {
    case Shape::text: return text_of(payload, "message");
    case Shape::data: return text_of(payload, "data");
    case Shape::mms_notice: return std::string("notice").append(1, '\0') + mms_marks(payload, device);
    case Shape::mms: return std::string("mms").append(1, '\0') + mms_marks(payload, device);
  }
  return {};
}

// Of the event that a message came with. 'id' is unique among the messages of the phone.
struct Origin {
  std::string id;
  std::string device;
};

std::optional<InboundMessage> message_of(const Inbox& inbox, const json::object& payload, Shape shape,
                                         const Origin& origin, TimePoint now) {
  std::string sender = plain_at(payload, "sender", longest_address);
  if (sender.empty()) sender = plain_at(payload, "phoneNumber", longest_address);  // until 2026
  if (sender.empty()) return std::nullopt;
  const std::optional<TimePoint> received = time_at(payload, "receivedAt");
  InboundMessage message;
  message.from = {inbox.channel, sender};
  message.sent_at = std::min(received.value_or(now), now);
  switch (shape) {
    case Shape::text: message.text = text_of(payload, "message"); break;
    case Shape::data: message.kind = InboundMessage::Kind::media; break;
    case Shape::mms_notice:
    case Shape::mms:
      message.text = words_of(payload);
      if (message.text.empty()) message.kind = InboundMessage::Kind::media;
      message.attachments = attachments(inbox, payload, plain_at(payload, "messageId", longest_id));
      break;
  }
  message.provider_id = received ? text_id(sender, *received, marks_of(payload, shape, origin.device)) : origin.id;
  return message.provider_id.empty() ? std::nullopt : std::optional(std::move(message));
}

void take(Events& events, std::optional<InboundMessage> message) {
  if (message)
    events.messages.push_back(std::move(*message));
  else
    ++events.ignored;
}

std::string digits_at_the_end(std::string_view text) {
  const auto last = text.find_last_not_of("0123456789");
  const std::string_view digits = last == std::string_view::npos ? text : text.substr(last + 1);
  return std::string(digits.substr(0, 8));
}

// "Send result: RESULT_ERROR_LIMIT_EXCEEDED", "Delivery result from SC +4179…: 65", "Can't send message: No SIMs
// found": the code in it, never the words, which hold numbers.
std::string code_of(std::string_view reason) {
  reason = reason.substr(0, std::min(reason.size(), longest_reason));
  if (const auto at = reason.find("RESULT_"); at != std::string_view::npos) {
    const std::string_view word = reason.substr(at, reason.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", at) - at);
    return std::string(word.substr(0, longest_id));
  }
  if (reason.starts_with("TTL expired")) return "TTL_EXPIRED";
  if (reason.find("No SIMs found") != std::string_view::npos) return "NO_SIM";
  const std::string number = digits_at_the_end(reason);
  if (reason.starts_with("Delivery result from SC")) return "SC_" + number;
  if (reason.starts_with("Delivery result") || reason.starts_with("Send result")) return "RESULT_" + number;
  return "";
}

// 'report' is "<webhook>/<event>".
std::optional<Receipt> receipt_of(std::string_view event, const json::object& payload, const std::string& report) {
  Receipt receipt;
  const json::string* id = text_at(payload, "messageId");
  if (id == nullptr || !is_ascii_word(*id, longest_id)) return std::nullopt;
  receipt.ref = std::string(*id);  // the id that we gave it is the only one that it has
  if (event == "sms:sent") {
    receipt.state = Delivery::sent;
  } else if (event == "sms:delivered") {
    receipt.state = Delivery::delivered;
    receipt.part_id = report;  // once for each part, without its number, and for each webhook that is registered
  } else if (event == "sms:failed" || event == "sms:cancelled") {
    receipt.state = Delivery::failed;
    receipt.code = event == "sms:cancelled" ? "CANCELLED" : code_of(text_of(payload, "reason"));
  } else {
    return std::nullopt;
  }
  return receipt;
}

void take_batch(Events& events, const Inbox& inbox, const json::object& payload, Shape shape, const Origin& origin,
                TimePoint now) {
  const json::array* list = array_at(payload, "messages");
  if (list == nullptr) {
    ++events.ignored;
    return;
  }
  for (std::size_t i = 0; i < std::min(list->size(), most_in_a_batch); ++i) {
    const json::object* one = (*list)[i].if_object();
    // One event has many messages: its id and their place in it, which a repeat keeps.
    const Origin its = {origin.id.empty() ? "" : origin.id + "-" + std::to_string(i), origin.device};
    take(events, one == nullptr ? std::nullopt : message_of(inbox, *one, shape, its, now));
  }
}

}  // namespace

std::string text_id(std::string_view sender, TimePoint received, std::string_view text) {
  std::string all("smsgate text 1");
  all.append(1, '\0').append(sender).append(1, '\0').append(std::to_string(to_ms(received))).append(1, '\0');
  return crypto::hex(crypto::sha256(all.append(text))).substr(0, 40);
}

Webhook decode(const Inbox& inbox, std::string_view body, TimePoint now) {
  const std::optional<json::object> object = read_object(body);
  if (!object) return Rejected{400, "json"};
  const json::object* payload = object_at(*object, "payload");
  const json::string* named = text_at(*object, "event");
  const std::string_view event = named == nullptr ? std::string_view() : std::string_view(*named);
  const Origin origin = {word_at(*object, "id"), plain_at(*object, "deviceId", longest_id)};
  Events events;
  if (payload == nullptr) {
    events.ignored = 1;
  } else if (const auto shape = shape_of(single, event)) {
    take(events, message_of(inbox, *payload, *shape, origin, now));
  } else if (const auto many = shape_of(batch, event)) {
    take_batch(events, inbox, *payload, *many, origin, now);
  } else if (std::optional<Receipt> receipt =
                 receipt_of(event, *payload, word_at(*object, "webhookId") + "/" + origin.id)) {
    events.receipts.push_back(std::move(*receipt));
  } else {
    events.ignored = 1;  // system:ping, app:started, whatever comes next year
  }
  return events;
}

}  // namespace passerelle::adapters::smsgate
