// messages_request() and judge_messages() of messages.hpp.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>
#include <optional>
#include <string>

#include "adapters/interactive.hpp"
#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"
#include "adapters/vonage/messages.hpp"

namespace passerelle::adapters::vonage {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::string_view whatsapp = "whatsapp:";
constexpr std::chrono::seconds shortest_ttl{20};
constexpr std::chrono::seconds longest_ttl{7 * 24 * 60 * 60};

// README.md has the same table.
constexpr auto later = std::to_array<std::string_view>({"1000", "1030", "1100"});
// Ours or our account's: no message of this channel would fare better.
constexpr auto ours = std::to_array<std::string_view>({"1010", "1060", "1070", "1080", "1140"});

bool among(auto list, const std::string& code) { return std::ranges::find(list, std::string_view(code)) != list.end(); }

json::object object_of(const HttpResponse& response) {
  if (response.body.size() > longest_answer) return {};
  return read_object(response.body).value_or(json::object());
}

std::string word_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text != nullptr && is_ascii_word(*text, 64) ? std::string(*text) : std::string();
}

// The number behind '#' of a problem's type (RFC 7807); empty where the type names no error of the Messages API.
std::string code_of(const json::object& answer) {
  const json::string* type = text_at(answer, "type");
  if (type == nullptr) return {};
  const std::string_view text = *type;
  const auto mark = text.rfind("api-errors/messages#");
  if (mark == std::string_view::npos) return {};
  const std::string_view code = text.substr(text.rfind('#') + 1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_number = !code.empty() && code.size() <= 8 && std::ranges::all_of(code, is_digit);
  return is_number ? std::string(code) : std::string();
}

}  // namespace

OutgoingRequest messages_request(const Account& account, const OutboundMessage& message, TimePoint now) {
  assert(!message.text.empty());
  std::string_view to = message.to.user;
  const bool by_whatsapp = to.starts_with(whatsapp);
  if (by_whatsapp) to.remove_prefix(whatsapp.size());
  json::object body = {{"message_type", "text"},
                       {"channel", by_whatsapp ? "whatsapp" : "sms"},
                       {"to", without_plus(to)},
                       {"from", without_plus(account.from)},
                       {"text", message.text},
                       {"client_ref", message.ref},
                       {"webhook_url", account.callback_url + "/status"},
                       {"webhook_version", "v1"}};
  if (auto shown = by_whatsapp ? interactive(message) : std::nullopt) {
    body.erase("text");
    body["message_type"] = "custom";  // as Meta takes it
    body["custom"] = json::object{{"type", "interactive"}, {"interactive", std::move(*shown)}};
  }
  if (!by_whatsapp) {
    body["sms"] = json::object{{"encoding_type", message.encoding == Encoding::ucs2 ? "unicode" : "text"}};
    if (const auto left = time_left(message, now)) body["ttl"] = std::clamp(*left, shortest_ttl, longest_ttl).count();
  }
  OutgoingRequest request;
  request.url = account.api_url + "/v1/messages";
  request.fields = {{"Authorization", basic_authorization(account.key, account.secret)},
                    {"Content-Type", "application/json"},
                    {"Accept", "application/json"}};
  request.body = json::serialize(body);
  return request;
}

bool tells_opt_out(const json::object& problem) {
  std::string words;
  for (const std::string_view key : {"title", "detail"}) {
    const json::string* text = text_at(problem, key);
    if (text != nullptr) words.append(*text).append("\n");
  }
  for (char& c : words) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  constexpr auto signs =
      std::to_array<std::string_view>({"opted out", "opted-out", "opt out", "opt-out", "optout", "unsubscribed"});
  return std::ranges::any_of(signs, [&](std::string_view sign) { return words.find(sign) != std::string::npos; });
}

Outcome judge_messages(const HttpResponse& response) {
  const json::object answer = object_of(response);
  if (response.status == 202) return Accepted{word_at(answer, "message_uuid")};
  const std::string code = response.status / 100 == 4 ? code_of(answer) : std::string();
  const bool about_us = response.status == 401 || response.status == 402 || response.status == 403;
  if (code.empty() || about_us) return judge_status(response);
  if (response.status == 429 || among(later, code)) return RetryLater{retry_after(response), code};
  if (code == "1240" && tells_opt_out(answer)) return OptedOut{};
  if (code == "1340") return NeedsTemplate{};
  if (among(ours, code)) return Misconfigured{code};
  return Refused{code};
}

}  // namespace passerelle::adapters::vonage
