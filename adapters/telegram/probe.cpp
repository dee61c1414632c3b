#include "adapters/telegram/probe.hpp"

#include <boost/json.hpp>

#include "adapters/json_object.hpp"
#include "adapters/knock.hpp"

namespace passerelle::adapters::telegram {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::string_view secret_field = "X-Telegram-Bot-Api-Secret-Token";

Diagnosis explain_webhook(const json::object& info, const std::string& hook_url) {
  const json::string* set = text_at(info, "url");
  const bool none = set == nullptr || set->empty();
  if (hook_url.empty()) {
    if (none) return {true, "the gateway knows this bot"};
    return {false, "the bot is known, but a webhook is set: Telegram brings its messages there and nowhere else",
            "take it away with deleteWebhook, or set receive = \"webhook\""};
  }
  if (none) {
    return {false, "the bot is known, but no webhook is set: nothing that people write comes to us",
            "call setWebhook, as the gateway's README shows"};
  }
  if (std::string_view(*set) != hook_url)
    return {false, "the bot is known, but its webhook leads elsewhere",
            "call setWebhook with our address: " + hook_url};
  // What Telegram says of it may hold an address, and is not repeated.
  if (info.contains("last_error_date"))
    return {true, "the gateway knows this bot and our webhook, and remembers a call of it that failed"};
  return {true, "the gateway knows this bot, and brings its messages to us"};
}

}  // namespace

OutgoingRequest probe(const Api& api) { return call(api, "getWebhookInfo", {}); }

Diagnosis explain(const HttpResponse& response, const std::string& hook_url) {
  json::object body;
  if (response.body.size() <= longest_body) body = read_object(response.body).value_or(json::object());
  const Told told = told_by(response, body);
  if (told.ok) {
    const json::object* info = object_at(body, "result");
    return explain_webhook(info == nullptr ? json::object() : *info, hook_url);
  }
  if (told.code == 401 || told.code == 404)
    return {false, "Telegram does not know this token", "write the one that BotFather shows now as token"};
  const int status = told.code == 0 ? response.status : told.code;
  if (status / 100 == 2) return {false, "what answers there is not Telegram's Bot API", "check api_url"};
  return explain_status(status);
}

Knocks knocks(const std::string& hook_secret) {
  OutgoingRequest known;
  known.body = "{\"update_id\":0}";
  known.fields = {{"Content-Type", "application/json"}, {std::string(secret_field), hook_secret}};
  return knocks_by_field(std::move(known), secret_field);
}

}  // namespace passerelle::adapters::telegram
