#include "adapters/twilio/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>
#include <vector>

#include "adapters/json_object.hpp"
#include "adapters/outgoing.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::twilio {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;         // it repeats the text, of 1,600 characters at most
constexpr std::chrono::seconds longest_validity{36'000};  // error 90007; also what holds without ValidityPeriod
constexpr std::string_view whatsapp = "whatsapp:";

// Ours or our account's: no message of this channel would fare better. Codes that may be about one recipient's country
// or number (21408, 21606, 21608, 30034) are not among them: one number abroad must not stop everybody's messages.
constexpr auto our_mistakes = std::to_array<std::int64_t>({
    10001, 20003, 20005, 20006, 20008, 20403, 20404, 21472, 30002, 90010,  // credentials; account unknown or closed
    21212, 21603, 21607, 21616, 21659, 21660, 63007, 63020,                // From is no sender of this account
    21609,                                                                 // StatusCallback is not accepted
});
// Nothing wrong with the message: too many at a time, too many today, maintenance.
constexpr auto too_fast = std::to_array<std::int64_t>({14107, 20429, 21611, 21730, 63018, 63038});

template <std::size_t size>
bool among(const std::array<std::int64_t, size>& codes, std::int64_t code) {
  return std::ranges::find(codes, code) != codes.end();
}

json::object object_of(const HttpResponse& response) {
  if (response.body.size() > longest_answer) return {};
  return read_object(response.body).value_or(json::object());
}

std::int64_t positive(const json::object& answer, std::string_view key) {
  const json::value* code = answer.if_contains(key);
  return code != nullptr && code->is_int64() && code->get_int64() > 0 ? code->get_int64() : 0;
}

std::string message_id(const json::object& answer) {
  const json::string* text = text_at(answer, "sid");
  return text != nullptr && is_ascii_word(*text, 64) ? std::string(*text) : std::string();
}

// SMS and WhatsApp may share an account and a webhook; a message leaves on the side on which its address is.
std::string sender_for(std::string from, std::string_view to) {
  const bool has = from.starts_with(whatsapp);
  const bool needs = to.starts_with(whatsapp);
  if (needs && !has) return std::string(whatsapp) + from;
  return !needs && has ? from.substr(whatsapp.size()) : from;
}

Outcome judge_code(std::int64_t code, const HttpResponse& response) {
  const std::string why = std::to_string(code);
  if (code == 21610) return OptedOut{};
  if (code == 63016) return NeedsTemplate{};
  if (among(too_fast, code)) return RetryLater{retry_after(response), why};
  if (response.status == 401 || among(our_mistakes, code)) return Misconfigured{why};
  return Refused{why};
}

}  // namespace

std::string messages_path(const Account& account) { return "/2010-04-01/Accounts/" + account.sid + "/Messages.json"; }

OutgoingRequest send_request(const Account& account, const OutboundMessage& message, TimePoint now) {
  assert(!message.text.empty());
  std::vector<HttpField> form = {
      {"To", message.to.user},
      {"From", sender_for(account.from, message.to.user)},
      {"Body", message.text},
      {"StatusCallback", account.callback_url + "/status?ref=" + percent_encode(message.ref)},
  };
  const auto left = time_left(message, now);
  if (left && *left < longest_validity) form.push_back({"ValidityPeriod", std::to_string(left->count())});
  OutgoingRequest request;
  request.url = account.api_url + messages_path(account);
  request.fields = {{"Authorization", basic_authorization(account.sid, account.token)},
                    {"Content-Type", "application/x-www-form-urlencoded"},
                    {"Accept", "application/json"}};
  request.body = write_form(form);
  return request;
}

Outcome judge_answer(const HttpResponse& response) {
  const json::object answer = object_of(response);
  const std::string id = message_id(answer);
  if (response.status / 100 == 2) {
    // Made, and failed at once: no receipt follows the first status.
    const json::string* status = text_at(answer, "status");
    const std::int64_t code = positive(answer, "error_code");
    if (code != 0 && status != nullptr && *status == "failed") return judge_code(code, response);
    // 201 is a promise even where its body cannot be read: receipts will name our reference.
    if (response.status == 201 || !id.empty()) return Accepted{id};
  }
  const std::int64_t code = positive(answer, "code");
  if (code != 0 && response.status / 100 == 4) return judge_code(code, response);
  // Without a code of Twilio's a 4xx is no word about this recipient: a wrong api_url, a proxy on the way.
  return judge_status(response);
}

}  // namespace passerelle::adapters::twilio
