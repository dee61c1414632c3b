#include "adapters/graph_probe.hpp"

#include "adapters/graph_answer.hpp"
#include "adapters/json_fields.hpp"
#include "adapters/knock.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::graph {
namespace {

constexpr std::int64_t token_ended = 190;
constexpr std::int64_t wrong_parameter = 100;

}  // namespace

OutgoingRequest ask_about(const Api& api, const std::string& id, std::string_view fields) {
  OutgoingRequest request = post(api, "/" + id + "?fields=" + std::string(fields), "");
  request.method = "GET";
  return request;
}

Diagnosis explain(const HttpResponse& response, const std::string& key) {
  const boost::json::object answer = body_of(response);
  const auto failure = failure_of(answer);
  if (!failure) {
    if (response.status / 100 != 2 || !id_at(answer, "id", 64).empty()) return explain_status(response.status);
    return {false, "what answers there is not Meta's Graph API", "check api_url, and that no proxy answers for it"};
  }
  const std::string told = "Meta answered with its code " + std::to_string(failure->code) + ": ";
  if (failure->code == token_ended)
    return {false, told + "the token has ended or was taken back", "make a new one, and write it as token"};
  if (is_passing(*failure)) return {false, told + "Meta is out of order, or asked too often", "wait, and test again"};
  if (failure->code == wrong_parameter)
    return {false, told + "nothing has this id, or this token may not see it", "write " + key + " as Meta shows it"};
  return {false, told + "the token lacks a right, or the account is held up",
          "look at the app's page; " + key + " and token must belong together"};
}

Knocks knocks(const Keys& keys, std::string_view object) {
  OutgoingRequest known;
  known.body = "{\"object\":\"" + std::string(object) + "\",\"entry\":[]}";
  const std::string digits = crypto::hex(crypto::hmac_sha256(keys.app_secrets.front(), known.body));
  known.fields = {{"Content-Type", "application/json"}, {"X-Hub-Signature-256", "sha256=" + digits}};
  return knocks_by_field(std::move(known), "X-Hub-Signature-256");
}

}  // namespace passerelle::adapters::graph
