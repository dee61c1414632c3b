#include "adapters/viber/probe.hpp"

#include <boost/json.hpp>

#include "adapters/json_fields.hpp"
#include "adapters/json_object.hpp"
#include "adapters/knock.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::viber {
namespace {

constexpr std::size_t longest_answer = 64 * 1024;
constexpr std::int64_t wrong_token = 2;
constexpr std::int64_t no_webhook = 10;
constexpr std::int64_t largest_status = 999'999;

}  // namespace

OutgoingRequest probe(const Bot& bot) {
  OutgoingRequest request;
  request.url = bot.api_url + "/pa/get_account_info";
  request.fields = {{"X-Viber-Auth-Token", std::string(bot.token.reveal())},
                    {"Content-Type", "application/json"},
                    {"Accept", "application/json"}};
  request.body = "{}";
  return request;
}

Diagnosis explain(const HttpResponse& response, const std::string& hook_url) {
  boost::json::object body;
  if (response.body.size() <= longest_answer) body = read_object(response.body).value_or(boost::json::object());
  const auto status = integer_at(body, "status");
  if (!status || *status < 0 || *status > largest_status) {
    if (response.status / 100 != 2) return explain_status(response.status);
    return {false, "what answers there is not Viber's bot API", "check api_url"};
  }
  const std::string told = "Viber answered with its status " + std::to_string(*status) + ": ";
  if (*status == wrong_token) return {false, told + "it does not know this token", "write the bot's app key as token"};
  const std::string_view set = view_at(body, "webhook");
  if (*status == no_webhook || (*status == 0 && set.empty())) {
    return {false, "the bot is known, but no webhook is set: nothing that people write comes to us",
            "call set_webhook, as the gateway's README shows"};
  }
  if (*status != 0) return {false, told + "the account is blocked or not ready", "look at the bot's page"};
  if (set != hook_url)
    return {false, "the bot is known, but its webhook leads elsewhere",
            "call set_webhook with our address: " + hook_url};
  return {true, "the gateway knows this bot, and brings its messages to us"};
}

Knocks knocks(const Secret& token) {
  OutgoingRequest known;
  known.body = R"({"event":"webhook","timestamp":0,"message_token":0})";
  known.fields = {{"Content-Type", "application/json"},
                  {"X-Viber-Content-Signature", crypto::hex(crypto::hmac_sha256(token, known.body))}};
  return knocks_by_field(std::move(known), "X-Viber-Content-Signature");
}

}  // namespace passerelle::adapters::viber
