#include "adapters/vonage/probe.hpp"

#include <boost/json.hpp>

#include "adapters/json_object.hpp"
#include "adapters/jwt.hpp"
#include "adapters/knock.hpp"
#include "adapters/outgoing.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::vonage {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 64 * 1024;

std::int64_t seconds_of(TimePoint now) {
  return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

}  // namespace

OutgoingRequest probe(const Account& account, bool is_sms) {
  OutgoingRequest request;
  request.method = "GET";
  request.url = account.api_url + (is_sms ? "/account/get-balance" : "/accounts/" + account.key + "/secrets");
  request.fields = {{"Authorization", basic_authorization(account.key, account.secret)},
                    {"Accept", "application/json"}};
  return request;
}

Diagnosis explain(const HttpResponse& response, bool is_sms) {
  if (response.status / 100 != 2) return explain_status(response.status);
  json::object body;
  if (response.body.size() <= longest_answer) body = read_object(response.body).value_or(json::object());
  const json::value* told = body.if_contains(is_sms ? "value" : "_embedded");
  if (told == nullptr) return {false, "what answers there is not Vonage's API", "check api and api_url"};
  if (is_sms && told->is_number() && told->to_number<double>() <= 0)
    return {false, "the account is right, but it has no credit", "top it up at the gateway"};
  return {true, "the gateway knows this account"};
}

Knocks knocks_of_sms(const Account& account, Method method, TimePoint now) {
  std::vector<HttpField> parameters = {{"timestamp", std::to_string(seconds_of(now))}};
  parameters.push_back({"sig", sig_of(parameters, method, account.signers.front())});
  OutgoingRequest known;
  known.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  known.body = write_form(parameters);
  OutgoingRequest stranger = known;
  char& last = stranger.body.back();
  last = last == '0' ? '1' : '0';
  return {std::move(known), std::move(stranger)};
}

Knocks knocks_of_messages(const Account& account, TimePoint now) {
  OutgoingRequest known;
  known.body = "{}";
  const json::object claims = {
      {"iat", seconds_of(now)}, {"api_key", account.key}, {"payload_hash", crypto::hex(crypto::sha256(known.body))}};
  known.fields = {{"Content-Type", "application/json"},
                  {"Authorization", "Bearer " + write_jwt(claims, account.signers.front())}};
  return knocks_by_field(std::move(known), "Authorization");
}

}  // namespace passerelle::adapters::vonage
