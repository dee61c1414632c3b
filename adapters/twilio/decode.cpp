#include "adapters/twilio/decode.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::twilio {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_address = 128;
constexpr std::size_t most_media = 10;
constexpr std::size_t longest_url = 2048;
constexpr std::size_t shortest_base64 = 40;
constexpr std::string_view opted_out_code = "21610";  // the person has sent STOP to this number of ours

// README.md has the same table. What is not in it is of no use to us: "received", "canceled", whatever comes next year.
constexpr std::array<std::pair<std::string_view, Delivery>, 9> statuses = {{
    {"accepted", Delivery::sent},
    {"scheduled", Delivery::sent},
    {"queued", Delivery::sent},
    {"sending", Delivery::sent},
    {"sent", Delivery::sent},
    {"delivered", Delivery::delivered},
    {"read", Delivery::read},
    {"failed", Delivery::failed},
    {"undelivered", Delivery::failed},
}};

std::string_view first_of(const std::vector<HttpField>& form, std::string_view key, std::string_view other) {
  const std::string_view value = value_of(form, key);
  return value.empty() ? value_of(form, other) : value;
}

bool is_degrees(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc() && end == text.data() + text.size() && text.size() <= 32 && value >= -most &&
         value <= most;
}

// A place as a geo: URI (RFC 5870), and what the person's phone says of it.
std::optional<std::string> location(const std::vector<HttpField>& form) {
  const std::string_view latitude = value_of(form, "Latitude");
  const std::string_view longitude = value_of(form, "Longitude");
  if (!is_degrees(latitude, 90) || !is_degrees(longitude, 180)) return std::nullopt;
  std::string text = "geo:";
  text.append(latitude).append(",").append(longitude);
  for (const std::string_view key : {"Label", "Address"}) {
    const std::string_view value = value_of(form, key);
    if (!value.empty()) text.append("\n").append(valid_utf8(value));
  }
  return text;
}

std::vector<Attachment> attachments(const std::string& api_url, const std::vector<HttpField>& form) {
  std::vector<Attachment> found;
  std::size_t count = 0;
  const std::string_view text = value_of(form, "NumMedia");
  std::from_chars(text.data(), text.data() + text.size(), count);
  for (std::size_t i = 0; i < std::min(count, most_media); ++i) {
    const std::string_view url = value_of(form, "MediaUrl" + std::to_string(i));
    const std::string_view type = value_of(form, "MediaContentType" + std::to_string(i));
    if (!url.starts_with("https://") && !url.starts_with(api_url + "/")) continue;
    if (!is_plain(url, longest_url)) continue;
    found.push_back({std::string(url), is_plain(type, 128) ? std::string(type) : std::string()});
  }
  return found;
}

// A button's words are what the person meant to say; WhatsApp repeats them in Body, or leaves it empty.
std::string spoken(const std::vector<HttpField>& form) {
  const std::string_view button = first_of(form, "ButtonText", "ButtonPayload");
  return button.empty() ? unwrap_base64(value_of(form, "Body")) : valid_utf8(button);
}

bool is_printed(char32_t c) { return c == '\n' || c == '\r' || c == '\t' || (c >= 0x20 && c != 0x7F); }

bool reads_as_text(std::string_view text) {
  bool telling = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (!c.valid || !is_printed(c.value)) return false;
    telling = telling || c.value == ' ' || c.value > 0xA0;
    at += c.size;
  }
  return telling;
}

}  // namespace

std::string unwrap_base64(std::string_view body) {
  if (body.size() >= shortest_base64) {
    std::optional<std::string> decoded = base64_decode(body);
    if (decoded && reads_as_text(*decoded)) return std::move(*decoded);
  }
  return valid_utf8(body);
}

Webhook decode_message(const std::string& channel, const std::string& api_url, const std::vector<HttpField>& form,
                       TimePoint now) {
  const std::string_view id = first_of(form, "MessageSid", "SmsSid");
  const std::string_view from = value_of(form, "From");
  if (!is_ascii_word(id, longest_id)) return Rejected{400, "fields: MessageSid"};
  if (!is_plain(from, longest_address)) return Rejected{400, "fields: From"};
  if (!is_plain(value_of(form, "To"), longest_address)) return Rejected{400, "fields: To"};
  InboundMessage message;
  message.from = {channel, std::string(from)};
  message.provider_id = id;
  message.sent_at = now;  // Twilio tells no time
  message.text = spoken(form);
  message.attachments = attachments(api_url, form);
  if (const std::optional<std::string> place = location(form)) {
    message.kind = InboundMessage::Kind::location;
    message.text += message.text.empty() ? *place : "\n" + *place;
  } else if (message.text.empty() && !message.attachments.empty()) {
    // A photo with words under it stays a text: "help" under a picture must be read like any other.
    message.kind = InboundMessage::Kind::media;
  }
  Events events;
  events.messages.push_back(std::move(message));
  return events;
}

Webhook decode_receipt(const std::vector<HttpField>& form, std::string_view ref) {
  const std::string_view id = first_of(form, "MessageSid", "SmsSid");
  if (!is_ascii_word(id, longest_id)) return Rejected{400, "fields: MessageSid"};
  const std::string_view status = first_of(form, "MessageStatus", "SmsStatus");
  const auto known = std::ranges::find(statuses, status, &std::pair<std::string_view, Delivery>::first);
  Events events;
  if (known == statuses.end()) {
    events.ignored = 1;
    return events;
  }
  const std::string_view code = value_of(form, "ErrorCode");
  Receipt receipt;
  if (is_ascii_word(ref, longest_id)) receipt.ref = ref;
  receipt.provider_id = id;
  receipt.state = known->second;
  if (is_ascii_word(code, 16) && code != "0") receipt.code = code;
  receipt.opted_out = code == opted_out_code;
  events.receipts.push_back(std::move(receipt));
  return events;
}

}  // namespace passerelle::adapters::twilio
