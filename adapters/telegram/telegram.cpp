#include "adapters/telegram/telegram.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/telegram/media.hpp"
#include "adapters/telegram/polling.hpp"
#include "adapters/telegram/probe.hpp"
#include "adapters/telegram/send.hpp"
#include "adapters/telegram/update.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::telegram {
namespace {

constexpr std::size_t longest_body = 256 * 1024;  // a text of 4096 letters, all of them formatted
constexpr std::size_t shortest_secret = 22;       // 128 bits in base64
constexpr std::size_t longest_secret = 256;       // Telegram's own limit
constexpr std::size_t shortest_key = 20;          // of a token, after its colon; Telegram's have 35
constexpr std::string_view standard_url = "https://api.telegram.org";

struct Settings {
  Bot bot;
  Api api;
  std::string host;
  bool polls = false;
  std::vector<std::string> hook_secrets;  // the current one and, during a rotation, the old one; none where it polls
  std::string hook_url;                   // empty where it polls
};

class Telegram final : public Channel {
 public:
  explicit Telegram(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.bot.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 4096;
    traits.gateway_retries = true;  // for a day
    traits.answer_within = std::chrono::seconds(10);
    traits.sends = true;
    traits.receipts = false;
    traits.buttons = keyboard_limits;
    traits.links = settings_.polls;
    traits.api_url = settings_.api.url;
    traits.host = settings_.host;
    traits.media.origins = {settings_.api.url};
    traits.names_us = true;  // the bot has a name and a picture
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  // Telegram executes an answer that names a method, and nobody learns whether that worked: good enough to end the
  // waiting of a button, and for nothing else.
  HttpResponse answer(const Events& events, std::span<const OutboundMessage>) const override {
    const bool pressed = !events.pressed.empty();
    const std::string body = pressed ? boost::json::serialize(confirmation(events.pressed)) : "{}";
    return {200, {{"Content-Type", "application/json"}}, body};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return send_request(settings_.api, message);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::unique_ptr<Link> open_link() const override { return make_polling(settings_.bot, settings_.api); }

  std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const override {
    return ask_for_media(settings_.api, attachment);
  }
  media::Answer read_media(const Attachment&, std::size_t asked, HttpResponse response) const override {
    return read_media_answer(settings_.api, asked, std::move(response));
  }

  std::optional<OutgoingRequest> probe() const override { return telegram::probe(settings_.api); }
  Diagnosis explain(const HttpResponse& response) const override {
    return telegram::explain(response, settings_.hook_url);
  }
  std::optional<Knocks> knocks(TimePoint) const override {
    if (settings_.polls) return std::nullopt;
    return telegram::knocks(settings_.hook_secrets.front());
  }

 private:
  Settings settings_;
  std::string path_;
};

Webhook Telegram::read(const HttpRequest& request, TimePoint now) const {
  if (settings_.polls) return Rejected{404, "no webhook"};
  if (request.method != "POST") return Rejected{405, "method"};
  if (request.path() != path_) return Rejected{403, "path"};
  const std::string_view given = field(request.fields, "X-Telegram-Bot-Api-Secret-Token");
  if (given.empty()) return Rejected{403, "no secret"};
  if (!matches_any(given, settings_.hook_secrets)) return Rejected{403, "secret"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  Events events;
  const auto update = read_object(request.body);
  if (!update) {
    events.ignored = 1;  // refused, it would come again for a day, and nothing else before it
    return events;
  }
  read_update(settings_.bot, *update, now, events);
  return events;
}

Error wrong(const std::string& what, const std::string& key) { return {what, key}; }

// "123456789:AA…", as BotFather writes it. Errors never repeat it.
result<std::string> bot_of(const Secret& token) {
  const std::string_view text = token.reveal();
  const std::string_view id = text.substr(0, text.find(':'));
  const std::string_view key = text.substr(std::min(text.size(), id.size() + 1));
  const bool is_number = !id.empty() && id.size() <= 20 && id.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_number && is_ascii_word(key, 128) && key.size() >= shortest_key) return std::string(id);
  return wrong("token must be what BotFather gave for the bot: a number, ':' and about 35 characters", "token");
}

result<std::vector<std::string>> hook_secrets(const ChannelSettings& settings) {
  std::vector<std::string> secrets;
  for (const char* key : {"hook_secret", "old_hook_secret"}) {
    const std::string secret(secret_of(settings, key).reveal());
    if (secret.empty() && !secrets.empty()) continue;
    if (!is_ascii_word(secret, longest_secret) || secret.size() < shortest_secret) {
      return wrong(std::string(key) +
                       " must be 22 to 256 letters, digits, '-' or '_', and be given to setWebhook as "
                       "secret_token; make one with: openssl rand -hex 16",
                   key);
    }
    secrets.push_back(secret);
  }
  return secrets;
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const Secret token = secret_of(settings, "token");
  const auto bot = bot_of(token);
  if (!bot) return bot.error();
  const std::string receive = text_of(settings, "receive", "webhook");
  if (receive != "webhook" && receive != "polling") {
    return wrong("receive must be \"webhook\", or \"polling\" where Telegram cannot reach this server", "receive");
  }
  const bool polls = receive == "polling";
  const auto secrets = polls ? result<std::vector<std::string>>(std::vector<std::string>()) : hook_secrets(settings);
  if (!secrets) return secrets.error();
  if (const auto callback = check_callback_url(settings); !polls && !callback) return callback.error();
  const auto api = api_url_of(settings, std::string(standard_url));
  if (!api) return api.error();
  return std::make_unique<Telegram>(Settings{{settings.name, *bot, api->base},
                                             {api->base, token},
                                             api->host,
                                             polls,
                                             *secrets,
                                             polls ? std::string() : settings.callback_url});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  if (text_of(settings, "receive", "webhook") == "webhook") return https_only(settings, "Telegram");
  if (secret_of(settings, "hook_secret").empty()) return {};
  return {
      {"receive is \"polling\", and there is a hook_secret: while a webhook is set, Telegram answers no question of "
       "ours",
       "take hook_secret out, and run deleteWebhook as adapters/telegram/README.md shows"}};
}

}  // namespace

Gateway gateway() {
  return {"telegram",
          {{"token", "", "The bot's token, from BotFather.", true},
           {"receive", "webhook", "\"polling\": we ask Telegram, which then needs no way to us. Not both."},
           {"hook_secret", "", "Of a webhook: the secret_token of setWebhook; 22 characters or more.", true, true},
           {"old_hook_secret", "", "The former one, accepted too while it is being replaced.", true, true},
           {"api_url", std::string(standard_url), "Where the Bot API is; http:// only to this machine."}},
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::telegram
