#include "adapters/viber/viber.hpp"

#include <algorithm>
#include <utility>

#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "adapters/viber/probe.hpp"
#include "adapters/viber/receive.hpp"
#include "adapters/viber/send.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::viber {
namespace {

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::size_t longest_sender = 28;  // characters; Viber's limit
constexpr std::string_view standard_url = "https://chatapi.viber.com";
constexpr std::string_view standard_media_host = "viber.com";

struct Settings {
  std::string channel;
  Bot bot;
  std::vector<Secret> tokens;  // of webhooks: the current one and, during a rotation, the old one
  Reach media;
  std::string host;  // of the API
  std::string callback_url;
};

class Viber final : public Channel {
 public:
  explicit Viber(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 7000;
    traits.gateway_retries = true;  // how often and for how long is not documented
    traits.answer_within = std::chrono::seconds(5);
    traits.sends = true;
    traits.buttons = {24, 40};  // rows of a keyboard; longer words are cut off on small telephones
    traits.api_url = settings_.bot.api_url;
    traits.host = settings_.host;
    traits.media = settings_.media;
    traits.names_us = true;  // the sender's name, and the bot's picture
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  // Words in the answer to "conversation_started" would be a welcome to the person.
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, ""};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return send_request(settings_.bot, message);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::optional<OutgoingRequest> probe() const override { return viber::probe(settings_.bot); }
  Diagnosis explain(const HttpResponse& response) const override {
    return viber::explain(response, settings_.callback_url);
  }
  std::optional<Knocks> knocks(TimePoint) const override { return viber::knocks(settings_.tokens.front()); }

 private:
  Settings settings_;
  std::string path_;
};

Webhook Viber::read(const HttpRequest& request, TimePoint now) const {
  if (request.method != "POST") return Rejected{405, "method"};
  if (request.path() != path_) return Rejected{403, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  const std::string_view given = field(request.fields, "X-Viber-Content-Signature");
  if (given.empty()) return Rejected{403, "no signature"};
  std::vector<std::string> expected;
  for (const Secret& token : settings_.tokens)
    expected.push_back(crypto::hex(crypto::hmac_sha256(token, request.body)));
  if (!matches_any(given, expected)) return Rejected{403, "signature"};
  return read_body(settings_.channel, settings_.media, request.body, now);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_host(std::string_view text) {
  const auto is_fit = [](char c) { return c == '.' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  return text.size() >= 4 && text.size() <= 253 && text.find('.') != std::string_view::npos && text.front() != '.' &&
         std::ranges::all_of(text, is_fit);
}

result<std::vector<Secret>> tokens_of(const ChannelSettings& settings) {
  std::vector<Secret> tokens;
  for (const char* key : {"token", "old_token"}) {
    if (Secret token = secret_of(settings, key); !token.empty()) tokens.push_back(std::move(token));
    // Without this an old token left alone would be taken for the current one.
    if (tokens.empty() || !is_plain(tokens.back().reveal(), 256)) {
      return Error{"token (or token_file) is missing, or holds a line break: the bot's app key, under Edit Info", key};
    }
  }
  return tokens;
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  auto tokens = tokens_of(settings);
  if (!tokens) return tokens.error();
  const std::string sender = text_of(settings, "sender");
  if (!is_plain(sender, 4 * longest_sender) || characters(sender) > longest_sender)
    return Error{"sender must be the name that people see, of at most 28 characters", "sender"};
  const std::string media_host = text_of(settings, "media_host", std::string(standard_media_host));
  if (!is_host(media_host)) return Error{"media_host must be a host's name, as in \"viber.com\"", "media_host"};
  const auto api = api_url_of(settings, std::string(standard_url));
  if (!api) return api.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  Bot bot{api->base, tokens->front(), sender};
  Reach media{{api->base}, {media_host}};
  return std::make_unique<Viber>(
      Settings{settings.name, std::move(bot), std::move(*tokens), std::move(media), api->host, settings.callback_url});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) { return https_only(settings, "Viber"); }

}  // namespace

Gateway gateway() {
  return {"viber",
          {{"token", "", "The bot's app key, which also signs every webhook: the bot's Edit Info.", true},
           {"old_token", "", "The former app key, accepted too while it is being replaced.", true, true},
           {"sender", "", "The name that people see, of at most 28 characters."},
           {"media_host", std::string(standard_media_host),
            "Pictures are kept only if they are at this host or one below it."},
           {"api_url", std::string(standard_url), "Where Viber's API is; http:// only to this machine."}},
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::viber
