#include "adapters/signal/envelope.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <utility>

#include "adapters/json_fields.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::signal {
namespace {

namespace json = boost::json;

constexpr std::size_t most_attachments = 32;
constexpr std::size_t most_receipts = 1000;  // in one envelope: a phone that comes back tells of all at once

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number may be missing, since people can hide it; old versions told no uuid.
std::string sender_of(const json::object& envelope) {
  for (const char* key : {"sourceUuid", "source"}) {
    if (const std::string_view id = view_at(envelope, key); is_uuid(id)) return std::string(id);
  }
  for (const char* key : {"sourceNumber", "source"}) {
    if (const std::string_view number = view_at(envelope, key); is_number(number)) return std::string(number);
  }
  return {};
}

// The number that is told beside the uuid; people can hide it. Empty: none is.
std::string number_beside(const json::object& envelope, const std::string& sender) {
  if (!is_uuid(sender)) return {};
  for (const char* key : {"sourceNumber", "source"}) {
    if (const std::string_view number = view_at(envelope, key); is_number(number)) return std::string(number);
  }
  return {};
}

// The moment by which the sender's device names the message, and everybody after it: receipts, edits, replies.
std::optional<std::int64_t> stamp_of(const json::object& part, const json::object& envelope) {
  auto stamp = integer_at(part, "timestamp");
  if (!stamp) stamp = integer_at(envelope, "timestamp");
  return stamp && *stamp > 0 ? stamp : std::nullopt;
}

std::string plain_or_nothing(std::string_view text, std::size_t longest) {
  return is_plain(text, longest) ? std::string(text) : std::string();
}

// A view-once photo is not kept: it was sent to be seen once.
std::vector<Attachment> attachments_of(const Account& account, const json::object& data) {
  std::vector<Attachment> found;
  if (is_true(data, "viewOnce")) return found;
  for (const json::value& value : items_at(data, "attachments", most_attachments)) {
    const json::object* one = value.if_object();
    const std::string id = one == nullptr ? std::string() : id_at(*one, "id", 200);
    if (id.empty()) continue;
    found.push_back({account.api_url + "/v1/attachments/" + percent_encode(id),
                     plain_or_nothing(view_at(*one, "contentType"), 128)});
  }
  return found;
}

// The first number of a card that was shared: "tel:+41791234567".
std::string card_of(const json::object& data) {
  for (const json::value& value : items_at(data, "contacts", 8)) {
    const json::object* contact = value.if_object();
    if (contact == nullptr) continue;
    for (const json::value& phone : items_at(*contact, "phone", 8)) {
      const json::object* one = phone.if_object();
      const std::string_view number = one == nullptr ? std::string_view() : view_at(*one, "value");
      if (is_number(number)) return "tel:" + std::string(number);
    }
  }
  return {};
}

bool is_for_a_group(const json::object& data) {
  return object_at(data, "groupInfo") != nullptr || object_at(data, "groupV2") != nullptr;
}

// Nothing: a change of settings, a reaction, a message taken back.
bool fill(const Account& account, const json::object& data, InboundMessage& message) {
  message.text = valid_utf8(view_at(data, "message"));
  if (message.text.empty()) message.text = card_of(data);
  message.attachments = attachments_of(account, data);
  const bool shows = !message.attachments.empty() || object_at(data, "sticker") != nullptr || is_true(data, "viewOnce");
  if (message.text.empty() && !shows) return false;
  if (message.text.empty() || !message.attachments.empty()) message.kind = InboundMessage::Kind::media;
  return true;
}

void read_receipts(const json::object& receipt, Events& events) {
  const bool seen = is_true(receipt, "isRead") || is_true(receipt, "isViewed");
  if (!seen && !is_true(receipt, "isDelivery")) {
    ++events.ignored;
    return;
  }
  for (const json::value& stamp : items_at(receipt, "timestamps", most_receipts)) {
    if (!stamp.is_int64() || stamp.get_int64() <= 0) continue;
    Receipt one;
    one.provider_id = std::to_string(stamp.get_int64());
    one.state = seen ? Delivery::read : Delivery::delivered;
    events.receipts.push_back(std::move(one));
  }
}

std::optional<InboundMessage> message_of(const Account& account, const json::object& envelope, TimePoint now) {
  InboundMessage message;
  const json::object* part = object_at(envelope, "dataMessage");
  if (part != nullptr) {
    if (is_for_a_group(*part) || object_at(*part, "reaction") || object_at(*part, "storyContext") ||
        object_at(*part, "remoteDelete") || !fill(account, *part, message))
      return std::nullopt;
  } else {
    // Nobody picks up. Whoever calls wants to be called.
    part = object_at(envelope, "callMessage");
    if (part == nullptr || object_at(*part, "offerMessage") == nullptr) return std::nullopt;
    message.kind = InboundMessage::Kind::missed_call;
  }
  const auto stamp = stamp_of(*part, envelope);
  const std::string sender = sender_of(envelope);
  if (!stamp || sender.empty() || view_at(envelope, "sourceNumber") == account.number) return std::nullopt;
  message.from = {account.channel, sender};
  message.also = number_beside(envelope, sender);
  message.provider_id = sender + "-" + std::to_string(*stamp);
  // The sender's telephone may be set wrong; the server is not.
  const bool received = envelope.contains("serverReceivedTimestamp");
  message.sent_at = time_at(envelope, received ? "serverReceivedTimestamp" : "timestamp", now);
  return message;
}

}  // namespace

bool is_uuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::ranges::equal(text, shape, [](char c, char wanted) {
    return wanted == '-' ? c == '-' : is_digit(c) || (c >= 'a' && c <= 'f');
  });
}

bool is_number(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text.front() == '+' && std::ranges::all_of(text.substr(1), is_digit);
}

void read_envelope(const Account& account, const json::object& received, TimePoint now, Events& events) {
  const json::object* envelope = object_at(received, "envelope");
  const std::string_view owner = view_at(received, "account");
  if (envelope == nullptr || (!owner.empty() && owner != account.number)) {
    ++events.ignored;
    return;
  }
  if (const json::object* receipt = object_at(*envelope, "receiptMessage")) return read_receipts(*receipt, events);
  if (auto message = message_of(account, *envelope, now)) {
    events.messages.push_back(std::move(*message));
  } else {
    ++events.ignored;
  }
}

}  // namespace passerelle::adapters::signal
