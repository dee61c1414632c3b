#include "adapters/kannel/receive.hpp"

#include <charconv>
#include <optional>
#include <utility>

#include "adapters/kannel/charset.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "base/zone.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::kannel {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_address = 128;
constexpr std::size_t most_parameters = 100;
constexpr std::size_t longest_reply = 1024;  // of the SMSC, in a report

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A text as it was sent to us, by either way.
struct Arrived {
  std::string id, from, when, text, charset;
  bool is_data = false;  // 8-bit: a ring tone, a contact, a picture's notice
};

Arrived arrived_by_get(const std::vector<HttpField>& query) {
  Arrived one;
  one.id = value_of(query, "id");
  one.from = value_of(query, "from");
  one.when = value_of(query, "ts");
  one.text = value_of(query, "text");
  one.charset = value_of(query, "charset");
  const std::string_view coding = value_of(query, "coding");
  one.is_data = coding == "1" || same_field_name(one.charset, "8-BIT");
  if (one.charset.empty() && coding == "2") one.charset = "UTF-16BE";
  return one;
}

// The sample's post-url carries ?id=%I: among the X-Kannel-* fields there is none with the id.
Arrived arrived_by_post(const HttpRequest& request, const std::vector<HttpField>& query) {
  const auto either = [&](std::string_view name, std::string_view key) {
    const std::string_view value = field(request.fields, name);
    return std::string(value.empty() ? value_of(query, key) : value);
  };
  Arrived one;
  one.id = value_of(query, "id");
  one.from = either("X-Kannel-From", "from");
  one.when = either("X-Kannel-Time", "ts");
  one.text = request.body;
  const std::string_view type = field(request.fields, "Content-Type");
  const std::string coding = either("X-Kannel-Coding", "coding");
  one.charset = charset_of(type);
  one.is_data = coding == "1" || same_field_name(type.substr(0, type.find(';')), "application/octet-stream");
  if (one.charset.empty() && coding == "2") one.charset = "UTF-16BE";
  return one;
}

// "1795307354" (%T) or "2026-11-22 00:29:19" (X-Kannel-Time); both UTC.
std::optional<TimePoint> time_of(std::string_view text) {
  constexpr std::int64_t latest = 32'503'680'000;  // the year 3000
  constexpr std::size_t with_seconds = 19;
  if (const auto seconds = number(text)) {
    if (*seconds <= 0 || *seconds > latest) return std::nullopt;
    return TimePoint(std::chrono::seconds(*seconds));
  }
  if (text.size() != with_seconds || text[16] != ':') return std::nullopt;
  const auto civil = parse_civil(text.substr(0, 16));
  const auto seconds = number(text.substr(17));
  if (!civil || !seconds || *seconds < 0 || *seconds > 60) return std::nullopt;
  return TimePoint(civil->time_since_epoch() + std::chrono::seconds(*seconds));
}

// Two texts of the same words within a second are one, then.
std::string made_id(const Secret& key, const Arrived& one) {
  const std::string text = one.from + '\0' + one.when + '\0' + one.charset + '\0' + one.text;
  return crypto::hex(crypto::hmac_sha256(key, text)).substr(0, 40);
}

std::optional<Delivery> state_of(std::string_view type) {
  if (type == "1") return Delivery::delivered;
  if (type == "4" || type == "8") return Delivery::sent;  // waits at the SMSC; taken by the SMSC
  if (type == "2" || type == "16") return Delivery::failed;
  return std::nullopt;
}

std::string word_after(std::string_view text, std::string_view mark) {
  const auto found = text.find(mark);
  if (found == std::string_view::npos) return {};
  text.remove_prefix(found + mark.size());
  text = text.substr(0, text.find_first_of(" /"));
  return is_ascii_word(text, 12) ? std::string(text) : std::string();
}

// The reason in an SMSC's words: "… stat:UNDELIV err:011 text:…" or "NACK/0x0000000b/Invalid Destination Address". The
// beginning of our text, which an SMSC may repeat, is left alone.
std::string code_of(std::string_view reply) {
  reply = reply.substr(0, std::min(reply.size(), longest_reply));
  reply = reply.substr(0, reply.find(" text:"));
  if (reply == "NACK/validity expired") return "EXPIRED";  // it waited in Kannel for longer than X-Kannel-Validity
  if (std::string nack = word_after(reply, "NACK/"); nack.starts_with("0x")) return nack;
  std::string code = word_after(reply, "stat:");
  const std::string error = word_after(reply, "err:");
  const bool tells = error.find_first_not_of('0') != std::string::npos;
  if (tells) code += code.empty() ? error : "-" + error;
  return code;
}

}  // namespace

Webhook read_message(const std::string& channel, const Secret& key, const HttpRequest& request, TimePoint now) {
  const std::vector<HttpField> query = parse_form(request.query(), most_parameters);
  Arrived one = request.method == "GET" ? arrived_by_get(query) : arrived_by_post(request, query);
  const std::optional<TimePoint> when = time_of(one.when);
  if (!is_plain(one.from, longest_address)) return Rejected{400, "fields: from"};
  if (!is_ascii_word(one.id, longest_id)) {
    if (!when) return Rejected{400, "fields: id"};  // without either, tomorrow's "1" would be taken for today's
    one.id = made_id(key, one);
  }
  InboundMessage message;
  message.from = {channel, one.from};
  message.provider_id = one.id;
  message.sent_at = std::min(when.value_or(now), now);
  if (one.is_data)
    message.kind = InboundMessage::Kind::media;
  else
    message.text = to_utf8(one.text, one.charset);
  Events events;
  events.messages.push_back(std::move(message));
  return events;
}

Webhook read_report(const HttpRequest& request) {
  const std::vector<HttpField> query = parse_form(request.query(), most_parameters);
  const std::optional<Delivery> state = state_of(value_of(query, "type"));
  const std::string_view ref = value_of(query, "ref");
  Events events;
  if (!state || !is_ascii_word(ref, longest_id)) {
    events.ignored = 1;
    return events;
  }
  Receipt receipt;
  receipt.ref = ref;
  receipt.state = *state;
  if (*state == Delivery::failed) receipt.code = code_of(value_of(query, "reply"));
  const std::optional<std::int64_t> part = number(value_of(query, "part"));
  if (part && *part >= 0 && *part < 255) receipt.part = static_cast<std::size_t>(*part);
  events.receipts.push_back(std::move(receipt));
  return events;
}

}  // namespace passerelle::adapters::kannel
