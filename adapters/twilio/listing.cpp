#include "adapters/twilio/listing.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <stdexcept>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"
#include "adapters/twilio/decode.hpp"
#include "base/zone.hpp"

namespace passerelle::adapters::twilio {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 4 * 1024 * 1024;
constexpr std::size_t most_messages = 1000;  // the largest page that Twilio gives
// Fifty long texts, every letter of them escaped, still fit into the answer that the client takes.
constexpr std::string_view page_size = "50";
constexpr std::size_t longest_uri = 2048;
constexpr std::chrono::hours out_of_order{1};  // by how much a row may be older than the one after it

// Numbers are texts in this resource: "num_media": "0".
bool has_media(const json::object& row) {
  const json::string* text = text_at(row, "num_media");
  if (text != nullptr) return !text->empty() && *text != "0";
  const json::value* value = row.if_contains("num_media");
  return value != nullptr && value->is_int64() && value->get_int64() > 0;
}

std::optional<TimePoint> date_of(const json::object& row) {
  for (const std::string_view key : {"date_sent", "date_created"}) {
    const json::string* text = text_at(row, key);
    if (text == nullptr) continue;
    if (const auto date = parse_mail_date(*text)) return date;
  }
  return std::nullopt;
}

std::optional<InboundMessage> message_of(const json::object& row, const std::string& channel) {
  const json::string* direction = text_at(row, "direction");
  const json::string* sid = text_at(row, "sid");
  const json::string* from = text_at(row, "from");
  const json::string* body = text_at(row, "body");
  if (direction == nullptr || *direction != "inbound") return std::nullopt;
  if (sid == nullptr || !is_ascii_word(*sid, 64) || from == nullptr || !is_plain(*from, 128)) return std::nullopt;
  InboundMessage message;
  message.from = {channel, std::string(*from)};
  message.provider_id = *sid;
  message.text = body == nullptr ? "" : unwrap_base64(*body);
  if (message.text.empty() && has_media(row)) message.kind = InboundMessage::Kind::media;
  return message;
}

bool is_next_page(std::string_view uri, const Account& account) {
  const auto is_odd = [](char c) { return c <= ' ' || c >= 0x7F || c == '#' || c == '\\'; };
  return uri.size() <= longest_uri && uri.starts_with(messages_path(account) + "?") &&
         std::ranges::none_of(uri, is_odd);
}

result<std::string> next_page(const json::object& list, const Account& account) {
  const json::value* next = list.if_contains("next_page_uri");
  if (next == nullptr || next->is_null()) return std::string();
  const json::string* uri = next->if_string();
  if (uri != nullptr && uri->empty()) return std::string();
  if (uri != nullptr && is_next_page(*uri, account)) return std::string(*uri);
  return Error{"the next page is not of this account's list of messages", "next_page_uri"};
}

// Adds the rows from query.since on. Whether those of the next page are all older.
bool take_rows(const json::array& rows, const std::string& channel, const InboundQuery& query, InboundPage& page) {
  const TimePoint since = std::chrono::floor<std::chrono::seconds>(query.since);  // dates have no more than seconds
  bool past = false;
  for (const json::value& value : rows) {
    const json::object* row = value.if_object();
    std::optional<InboundMessage> message = row == nullptr ? std::nullopt : message_of(*row, channel);
    if (!message) continue;
    const std::optional<TimePoint> date = date_of(*row);
    past = past || (date && *date < since - out_of_order);
    if (date && *date < since) continue;
    message->sent_at = date.value_or(query.since);
    page.messages.push_back(std::move(*message));
  }
  return past;
}

bool digits(std::string_view& text, std::size_t count, int& value) {
  if (text.size() < count) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + count, value);
  if (error != std::errc() || end != text.data() + count || value < 0) return false;
  text.remove_prefix(count);
  return true;
}

bool skip(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool month(std::string_view& text, unsigned& value) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto found = names.find(text.substr(0, 3));
  if (text.size() < 3 || found == std::string_view::npos || found % 3 != 0) return false;
  value = static_cast<unsigned>(found / 3 + 1);
  text.remove_prefix(3);
  return true;
}

std::optional<std::chrono::minutes> offset(std::string_view text) {
  if (text == "GMT" || text == "UT" || text == "Z") return std::chrono::minutes(0);
  const bool west = text.starts_with('-');
  int hours = 0;
  int minutes = 0;
  if (!skip(text, "+") && !skip(text, "-")) return std::nullopt;
  if (!digits(text, 2, hours) || !digits(text, 2, minutes) || !text.empty() || hours > 23 || minutes > 59)
    return std::nullopt;
  const auto total = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return west ? -total : total;
}

}  // namespace

std::optional<TimePoint> parse_mail_date(std::string_view text) {
  if (const auto comma = text.find(", "); comma == 3) text.remove_prefix(comma + 2);
  int day = 0, year = 0, hour = 0, minute = 0, second = 0;
  unsigned month_number = 0;
  const std::size_t day_digits = text.find(' ') == 1 ? 1 : 2;
  if (!digits(text, day_digits, day) || !skip(text, " ") || !month(text, month_number) || !skip(text, " ") ||
      !digits(text, 4, year) || !skip(text, " ") || !digits(text, 2, hour) || !skip(text, ":") ||
      !digits(text, 2, minute) || !skip(text, ":") || !digits(text, 2, second) || !skip(text, " ")) {
    return std::nullopt;
  }
  const auto east = offset(text);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month_number),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!east || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return TimePoint(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) - *east;
}

OutgoingRequest list_request(const Account& account, const InboundQuery& query) {
  OutgoingRequest request;
  request.method = "GET";
  request.fields = {{"Authorization", basic_authorization(account.sid, account.token)}, {"Accept", "application/json"}};
  if (!query.next_page.empty()) {
    if (!is_next_page(query.next_page, account)) throw std::logic_error("a page that read_page has not told");
    request.url = account.api_url + query.next_page;
    return request;
  }
  const std::string day = format_instant(query.since).substr(0, 10);
  const std::array<HttpField, 3> parameters = {
      {{"To", account.from}, {"DateSent>", day}, {"PageSize", std::string(page_size)}}};
  request.url = account.api_url + messages_path(account) + "?" + write_form(parameters);
  return request;
}

result<InboundPage> read_page(const Account& account, const std::string& channel, const HttpResponse& response,
                              const InboundQuery& query) {
  if (response.status != 200) return Error{"the list was answered with " + std::to_string(response.status), ""};
  if (response.body.size() > longest_body) return Error{"the list is too long", ""};
  const std::optional<json::object> body = read_object(response.body);
  if (!body) return Error{"the list is not a JSON object", ""};
  const json::value* messages = body->if_contains("messages");
  if (messages == nullptr || !messages->is_array()) return Error{"the list has no messages", "messages"};
  const json::array& rows = messages->get_array();
  if (rows.size() > most_messages) return Error{"the list has more messages than a page can hold", "messages"};
  result<std::string> next = next_page(*body, account);
  if (!next) return next.error();
  InboundPage page;
  const bool past = take_rows(rows, channel, query, page);
  if (!past && !rows.empty()) page.next_page = std::move(*next);  // an empty page that goes on would go on for ever
  return page;
}

}  // namespace passerelle::adapters::twilio
