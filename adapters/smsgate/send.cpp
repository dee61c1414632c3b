#include "adapters/smsgate/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>
#include <charconv>
#include <stdexcept>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"
#include "base/zone.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::smsgate {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::size_t longest_list = 1024 * 1024;  // what the client takes: 100 texts of ten segments are half of it
constexpr std::size_t page_size = 100;
constexpr std::size_t furthest = 10'000'000;
// The phone is away or behind: what waits there does not get less by the second.
constexpr std::chrono::seconds queue_is_full{60};

// From 100 on the app leaves its own limits aside.
int priority(MessageClass message_class) {
  switch (message_class) {
    case MessageClass::crisis: return 127;
    case MessageClass::reply: return 60;
    case MessageClass::reminder: return 40;
    case MessageClass::shift: return 20;
    case MessageClass::notice: return 0;
  }
  return 0;
}

std::vector<HttpField> fields_for(const Account& account) {
  return {{"Authorization", basic_authorization(account.username, account.password)}, {"Accept", "application/json"}};
}

json::object object_of(const HttpResponse& response) {
  if (response.body.size() > longest_answer) return {};
  return read_object(response.body).value_or(json::object());
}

bool says(const json::object& answer, std::string_view key, std::string_view word) {
  const json::string* text = text_at(answer, key);
  return text != nullptr && std::string_view(*text).find(word) != std::string_view::npos;
}

// "No devices registered", "Invalid device ID": not a word about the recipient.
bool is_about_the_phone(const json::object& answer) {
  return says(answer, "message", "device") || says(answer, "message", "simNumber");
}

std::string id_of(const json::object& answer) {
  const json::string* id = text_at(answer, "id");
  return id != nullptr && is_ascii_word(*id, 64) ? std::string(*id) : std::string();
}

std::optional<std::size_t> offset_of(std::string_view page) {
  std::size_t offset = 0;
  if (page.empty()) return offset;
  const auto [end, error] = std::from_chars(page.data(), page.data() + page.size(), offset);
  if (error != std::errc() || end != page.data() + page.size() || offset > furthest) return std::nullopt;
  return offset;
}

std::optional<InboundMessage> message_of(const Inbox& inbox, const json::value& value, TimePoint since) {
  const json::object* row = value.if_object();
  if (row == nullptr) return std::nullopt;
  const json::string* type = text_at(*row, "type");
  const json::string* sender = text_at(*row, "sender");
  const json::string* created = text_at(*row, "createdAt");
  const json::string* text = text_at(*row, "contentPreview");  // of an SMS: the whole text
  if (type == nullptr || *type != "SMS" || sender == nullptr || !is_plain(*sender, 128) || created == nullptr)
    return std::nullopt;
  const auto received = parse_instant(std::string_view(*created).substr(0, 40));
  if (!received || *received < since) return std::nullopt;
  InboundMessage message;
  message.from = {inbox.channel, std::string(*sender)};
  message.text = text == nullptr ? "" : valid_utf8(*text);
  message.sent_at = *received;
  message.provider_id = text_id(*sender, *received, message.text);
  return message;
}

}  // namespace

OutgoingRequest send_request(const Account& account, const OutboundMessage& message, TimePoint now) {
  assert(!message.text.empty());
  json::object body = {{"id", message.ref},
                       {"textMessage", json::object{{"text", message.text}}},
                       {"phoneNumbers", json::array{json::string(message.to.user)}},
                       {"withDeliveryReport", true},
                       {"priority", priority(message.message_class)}};
  if (account.sim > 0) body["simNumber"] = account.sim;
  if (!account.device.empty()) body["deviceId"] = account.device;
  if (const auto left = time_left(message, now)) body["ttl"] = left->count();
  OutgoingRequest request;
  request.url = account.api_url + "/messages";
  request.fields = fields_for(account);
  request.fields.push_back({"Content-Type", "application/json"});
  request.body = json::serialize(body);
  return request;
}

Outcome judge_answer(const HttpResponse& response) {
  const std::string why = std::to_string(response.status);
  const json::object answer = object_of(response);
  switch (response.status) {
    case 200:
    case 201:
    case 202:
      if (says(answer, "state", "Failed")) return Refused{"Failed"};
      // 202 is a promise even where its body cannot be read; another page's 200 is none.
      if (response.status == 202 || !id_of(answer).empty()) return Accepted{id_of(answer)};
      return Ambiguous{why};
    case 409: return Accepted{};  // it has had this message: an earlier answer was lost
    case 400:
      if (answer.empty() || is_about_the_phone(answer)) return Misconfigured{why};
      return Refused{why};
    case 503:
      if (says(answer, "error", "QueueLimitExceeded"))
        return RetryLater{std::max(retry_after(response), queue_is_full), "QueueLimitExceeded"};
      return judge_status(response);
    default: return judge_status(response);
  }
}

OutgoingRequest list_request(const Account& account, const InboundQuery& query) {
  const std::optional<std::size_t> offset = offset_of(query.next_page);
  if (!offset) throw std::logic_error("a page that read_page has not told");
  const std::array<HttpField, 4> parameters = {{{"type", "SMS"},
                                                {"from", format_instant(query.since).substr(0, 19) + "Z"},
                                                {"limit", std::to_string(page_size)},
                                                {"offset", std::to_string(*offset)}}};
  OutgoingRequest request;
  request.method = "GET";
  request.url = account.api_url + "/inbox?" + write_form(parameters);
  request.fields = fields_for(account);
  return request;
}

std::optional<OutgoingRequest> media_request(const Account& account, const Attachment& attachment) {
  if (!attachment.url.starts_with(account.api_url + "/inbox/")) return std::nullopt;
  return OutgoingRequest{"GET", attachment.url, {fields_for(account).front()}, ""};
}

result<InboundPage> read_page(const Inbox& inbox, const HttpResponse& response, const InboundQuery& query) {
  if (response.status == 501) return Error{"only the phone itself lists its texts: set mode = \"server\"", ""};
  if (response.status != 200) return Error{"the list was answered with " + std::to_string(response.status), ""};
  if (response.body.size() > longest_list) return Error{"the list is too long", ""};
  const std::optional<json::array> rows = read_array(response.body);
  if (!rows) return Error{"the list is not a JSON array", ""};
  if (rows->size() > page_size) return Error{"the list has more rows than were asked for", ""};
  const std::optional<std::size_t> offset = offset_of(query.next_page);
  const TimePoint since = std::chrono::floor<std::chrono::seconds>(query.since);
  InboundPage page;
  for (const json::value& row : *rows) {
    if (auto message = message_of(inbox, row, since)) page.messages.push_back(std::move(*message));
  }
  // What arrives meanwhile moves the others to later pages: some are seen twice, none is missed.
  if (rows->size() == page_size && offset && *offset + page_size <= furthest)
    page.next_page = std::to_string(*offset + page_size);
  return page;
}

}  // namespace passerelle::adapters::smsgate
