#include "adapters/vonage/sms.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::vonage {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_address = 128;
constexpr std::size_t most_parameters = 100;  // Vonage sends about fifteen
constexpr std::size_t longest_answer = 256 * 1024;
constexpr std::chrono::seconds shortest_ttl{20};
constexpr std::chrono::seconds longest_ttl{7 * 24 * 60 * 60};

constexpr std::array<std::pair<std::string_view, Delivery>, 6> statuses = {{{"accepted", Delivery::sent},
                                                                            {"buffered", Delivery::sent},
                                                                            {"delivered", Delivery::delivered},
                                                                            {"expired", Delivery::failed},
                                                                            {"failed", Delivery::failed},
                                                                            {"rejected", Delivery::failed}}};

std::string_view value_in(std::span<const HttpField> parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &HttpField::name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->value);
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Every value of Vonage's is a text so far; others are signed as a form would write them.
std::optional<std::vector<HttpField>> flat(const json::object& object) {
  std::vector<HttpField> fields;
  for (const auto& [name, value] : object) {
    if (value.is_string())
      fields.push_back({std::string(name), std::string(value.get_string())});
    else if (value.is_int64())
      fields.push_back({std::string(name), std::to_string(value.get_int64())});
    else if (value.is_bool())
      fields.push_back({std::string(name), value.get_bool() ? "true" : "false"});
    else if (value.is_null())
      fields.push_back({std::string(name), ""});
    else
      return std::nullopt;
  }
  return fields;
}

// With '&' or '=' in a name, two parameters could be passed off as one under the same signature.
bool is_name(std::string_view name) {
  const auto is_fit = [](char c) {
    return c == '-' || c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
  };
  return !name.empty() && std::ranges::all_of(name, is_fit);
}

bool is_json(std::string_view content_type) {
  constexpr std::string_view json_type = "application/json";
  return same_field_name(content_type.substr(0, json_type.size()), json_type);
}

bool repeats_a_name(std::vector<HttpField> fields) {
  std::ranges::sort(fields, {}, &HttpField::name);
  return std::ranges::adjacent_find(fields, {}, &HttpField::name) != fields.end();
}

Webhook ignored() {
  Events events;
  events.ignored = 1;
  return events;
}

Webhook decode_message(const Account& account, std::span<const HttpField> parameters, TimePoint now) {
  const std::string_view id = value_in(parameters, "messageId");
  const std::string_view from = value_in(parameters, "msisdn");
  if (!is_ascii_word(id, longest_id) || !is_plain(from, longest_address)) return ignored();
  const std::optional<std::int64_t> pushed = number(value_in(parameters, "timestamp"));
  InboundMessage message;
  message.from = {account.channel, with_plus(from)};
  message.provider_id = id;
  message.sent_at = pushed ? std::min(TimePoint(std::chrono::seconds(*pushed)), now) : now;
  if (value_in(parameters, "type") == "binary")
    message.kind = InboundMessage::Kind::media;
  else
    message.text = valid_utf8(value_in(parameters, "text"));
  // Of a longer text each part is a message of its own, which says nothing without the others: staff put them together.
  if (number(value_in(parameters, "concat-total")).value_or(1) > 1) {
    message.words = InboundMessage::Words::part;
    message.kind = InboundMessage::Kind::media;
  }
  // Should parts share an id, none may be taken for a repeat of another.
  if (const auto part = number(value_in(parameters, "concat-part")))
    message.provider_id.append("-").append(std::to_string(*part));
  Events events;
  events.messages.push_back(std::move(message));
  return events;
}

Webhook decode_receipt(std::span<const HttpField> parameters) {
  const std::string_view id = value_in(parameters, "messageId");
  const std::string_view ref = value_in(parameters, "client-ref");
  const std::string_view status = value_in(parameters, "status");
  const auto known = std::ranges::find(statuses, status, &std::pair<std::string_view, Delivery>::first);
  if (known == statuses.end() || !is_ascii_word(id, longest_id)) return ignored();
  const std::string_view code = value_in(parameters, "err-code");
  Receipt receipt;
  if (is_ascii_word(ref, longest_id)) receipt.ref = ref;
  receipt.provider_id = id;
  receipt.part_id = id;  // each part of a longer text has an id and a receipt of its own
  receipt.state = known->second;
  if (receipt.state == Delivery::failed)
    receipt.code = is_ascii_word(code, 16) && code != "0" ? std::string(code) : std::string(status);
  Events events;
  events.receipts.push_back(std::move(receipt));
  return events;
}

// README.md has the same table.
Outcome judge_status_of(const std::string& status) {
  constexpr auto later = std::to_array<std::string_view>({"1", "5", "10"});
  // Ours or our account's: no message of this channel would fare better.
  constexpr auto ours = std::to_array<std::string_view>({"2", "4", "8", "9", "11", "14", "23", "32"});
  if (std::ranges::find(later, status) != later.end()) return RetryLater{std::chrono::seconds(0), status};
  if (std::ranges::find(ours, status) != ours.end()) return Misconfigured{status};
  return Refused{status};
}

std::string word_at(const json::object& object, std::string_view name) {
  const json::string* text = text_at(object, name);
  return text != nullptr && is_ascii_word(*text, longest_id) ? std::string(*text) : std::string();
}

}  // namespace

std::optional<std::vector<HttpField>> parameters_of(const HttpRequest& request) {
  std::optional<std::vector<HttpField>> fields;
  if (request.method == "GET") {
    fields = parse_form(request.query(), most_parameters + 1);
  } else if (is_json(field(request.fields, "Content-Type"))) {
    const std::optional<json::object> object = read_object(request.body);
    if (object) fields = flat(*object);
  } else {
    fields = parse_form(request.body, most_parameters + 1);
  }
  if (!fields || fields->size() > most_parameters || repeats_a_name(*fields)) return std::nullopt;
  if (!std::ranges::all_of(*fields, is_name, &HttpField::name)) return std::nullopt;
  return fields;
}

Webhook decode_sms(const Account& account, std::span<const HttpField> parameters, TimePoint now) {
  const bool is_receipt = !value_in(parameters, "status").empty();
  return is_receipt ? decode_receipt(parameters) : decode_message(account, parameters, now);
}

OutgoingRequest sms_request(const Account& account, const OutboundMessage& message, TimePoint now) {
  assert(!message.text.empty());
  std::vector<HttpField> form = {{"from", without_plus(account.from)},
                                 {"to", without_plus(message.to.user)},
                                 {"text", message.text},
                                 {"type", message.encoding == Encoding::ucs2 ? "unicode" : "text"},
                                 {"client-ref", message.ref},
                                 {"status-report-req", "1"},
                                 {"callback", account.callback_url + "/status"}};
  if (const auto left = time_left(message, now)) {
    const auto ttl = std::chrono::milliseconds(std::clamp(*left, shortest_ttl, longest_ttl));
    form.push_back({"ttl", std::to_string(ttl.count())});
  }
  OutgoingRequest request;
  request.url = account.api_url + "/sms/json";
  request.fields = {{"Authorization", basic_authorization(account.key, account.secret)},
                    {"Content-Type", "application/x-www-form-urlencoded"},
                    {"Accept", "application/json"}};
  request.body = write_form(form);
  return request;
}

Outcome judge_sms(const HttpResponse& response) {
  if (response.status != 200) return judge_status(response);
  std::optional<json::object> answer;
  if (response.body.size() <= longest_answer) answer = read_object(response.body);
  const json::array* parts = answer ? array_at(*answer, "messages") : nullptr;
  if (parts == nullptr || parts->empty()) return Ambiguous{"200"};
  std::string id, refusal;
  std::size_t taken = 0;
  for (const json::value& value : *parts) {
    const json::object* part = value.if_object();
    const std::string status = part == nullptr ? "" : word_at(*part, "status");
    if (status.empty()) return Ambiguous{"200"};
    if (status != "0") {
      if (refusal.empty()) refusal = status;
      continue;
    }
    if (taken++ == 0) id = word_at(*part, "message-id");
  }
  if (refusal.empty()) return Accepted{id};
  if (taken == 0) return judge_status_of(refusal);
  // Some parts are on their way: sent again, the person would have them twice. Credit often ends in the middle of a
  // text.
  return Ambiguous{"part-" + refusal, std::holds_alternative<Misconfigured>(judge_status_of(refusal))};
}

}  // namespace passerelle::adapters::vonage
