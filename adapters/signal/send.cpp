#include "adapters/signal/send.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdint>

#include "adapters/json_fields.hpp"
#include "adapters/outgoing.hpp"

namespace passerelle::adapters::signal {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 64 * 1024;

enum class Meaning { not_registered, untrusted, account, lost, limit, wrong };

struct Phrase {
  std::string_view words;
  Meaning meaning;
};

// The API hands on what signal-cli said, in its words or by the name of a failure; compared in lower case, the first
// that is found counts.
constexpr std::array<Phrase, 15> phrases = {{
    {"unregistered user", Meaning::not_registered},
    {"unregistered_failure", Meaning::not_registered},
    {"untrusted identit", Meaning::untrusted},
    {"identity_failure", Meaning::untrusted},
    {"captcha", Meaning::account},
    {"proof required", Meaning::account},
    {"is not registered", Meaning::account},  // said of our own number
    {"not registered!", Meaning::account},
    {"authorization failed", Meaning::account},
    {"specified account does not exist", Meaning::account},
    {"rate limit", Meaning::limit},
    {"rate_limit", Meaning::limit},
    {"network failure", Meaning::lost},
    {"network_failure", Meaning::lost},
    {"at least one recipient", Meaning::wrong},
}};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

Outcome meant_by(std::string_view said, const std::string& otherwise) {
  const std::string words = lower(said);
  const auto found = std::ranges::find_if(
      phrases, [&](const Phrase& phrase) { return words.find(phrase.words) != std::string::npos; });
  if (found == phrases.end()) return Ambiguous{otherwise};  // "Failed to send message": it may have left
  switch (found->meaning) {
    case Meaning::not_registered: return Refused{"unregistered"};
    case Meaning::untrusted: return Refused{"untrusted_identity"};
    case Meaning::account: return Misconfigured{"account"};
    case Meaning::lost: return Ambiguous{"network"};
    case Meaning::limit: return Ambiguous{"rate_limit"};
    case Meaning::wrong: return Refused{"recipient"};
  }
  return Ambiguous{otherwise};
}

bool holds_a_token(const json::object& answer) {
  return std::ranges::any_of(items_at(answer, "challenge_tokens", 100),
                             [](const json::value& token) { return token.is_string() && !token.get_string().empty(); });
}

// There is one recipient: whatever failed, failed for it.
std::optional<std::string> failure_in(const json::object& answer) {
  const json::object* errors = object_at(answer, "errors");
  if (errors == nullptr) return std::nullopt;
  for (const json::value& value : items_at(*errors, "recipients", 8)) {
    if (const json::object* one = value.if_object()) return std::string(view_at(*one, "reason"));
  }
  return std::nullopt;
}

}  // namespace

std::vector<HttpField> fields_for(const Access& access) {
  if (access.username.empty()) return {};
  return {{"Authorization", basic_authorization(access.username, access.password)}};
}

OutgoingRequest send_request(const Account& account, const Access& access, const OutboundMessage& message) {
  // Anything else could be a group, or somebody's user name; the API refuses a message to nobody.
  json::array recipients;
  if (is_uuid(message.to.user) || is_number(message.to.user)) recipients.emplace_back(message.to.user);
  const json::object body{{"number", account.number},
                          {"recipients", std::move(recipients)},
                          {"message", message.text},
                          {"text_mode", "normal"},
                          {"notify_self", false}};
  OutgoingRequest request;
  request.url = account.api_url + "/v2/send";
  request.fields = fields_for(access);
  request.fields.push_back({"Content-Type", "application/json"});
  request.body = json::serialize(body);
  return request;
}

Outcome judge_answer(const HttpResponse& response) {
  const std::string why = std::to_string(response.status);
  json::object answer;
  if (response.body.size() <= longest_body) answer = read_object(response.body).value_or(json::object());
  switch (response.status) {
    case 200:
    case 201: {
      if (const auto failure = failure_in(answer)) return meant_by(*failure, why);
      const auto stamp = integer_at(answer, "timestamp");
      return stamp && *stamp > 0 ? Outcome(Accepted{std::to_string(*stamp)}) : Outcome(Ambiguous{why});
    }
    case 400: return answer.contains("error") ? meant_by(view_at(answer, "error"), why) : Outcome(Misconfigured{why});
    // With a riddle: nothing leaves until a person has solved it. Without one, messages were seen to arrive.
    case 429: return holds_a_token(answer) ? Outcome(Misconfigured{"captcha"}) : Outcome(Ambiguous{why});
    case 500: return Ambiguous{why};
    default: return judge_status(response);
  }
}

}  // namespace passerelle::adapters::signal
