#include "adapters/signal/signal.hpp"

#include <charconv>
#include <utility>

#include "adapters/json_object.hpp"
#include "adapters/settings.hpp"
#include "adapters/signal/envelope.hpp"
#include "adapters/signal/receiving.hpp"
#include "adapters/signal/send.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"

namespace passerelle::adapters::signal {
namespace {

constexpr std::size_t longest_body = 256 * 1024;
constexpr std::size_t shortest_secret = 22;  // 128 bits in base64
constexpr std::size_t longest_secret = 128;
constexpr std::string_view standard_url = "http://127.0.0.1:8080";

struct Settings {
  Account account;
  Access access;
  std::string host;
  bool asks = true;
  int at_once = 1;
  std::vector<std::string> hook_secrets;  // of a webhook; none: only this machine is heard
};

class Signal final : public Channel {
 public:
  explicit Signal(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.account.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 2000;
    traits.gateway_retries = false;  // what we do not take at once is lost
    traits.authenticated = settings_.asks || !settings_.hook_secrets.empty();
    traits.answer_within = std::chrono::seconds(20);  // it knows no deadline of its own
    traits.sends = true;
    traits.links = settings_.asks;
    traits.api_url = settings_.account.api_url;
    traits.host = settings_.host;
    traits.media.origins = {settings_.account.api_url};
    traits.names_us = true;  // a profile with a name
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  // 200 or 201 and nothing else is a success.
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "application/json"}}, "{}"};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint) const override {
    return send_request(settings_.account, settings_.access, message);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const override {
    if (!attachment.url.starts_with(settings_.account.api_url + "/v1/attachments/")) return std::nullopt;
    return OutgoingRequest{"GET", attachment.url, fields_for(settings_.access), ""};
  }

  std::unique_ptr<Link> open_link() const override {
    return make_receiving(settings_.account, settings_.access, settings_.at_once);
  }

 private:
  bool knows(std::string_view path) const;

  Settings settings_;
  std::string path_;
};

bool Signal::knows(std::string_view path) const {
  if (settings_.hook_secrets.empty()) return path == path_;
  if (!path.starts_with(path_ + "/")) return false;
  return matches_any(path.substr(path_.size() + 1), settings_.hook_secrets);
}

Webhook Signal::read(const HttpRequest& request, TimePoint now) const {
  if (settings_.asks) return Rejected{404, "no webhook"};
  if (!knows(request.path())) return Rejected{404, "secret"};
  if (request.method != "POST") return Rejected{405, "method"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  const auto body = read_object(request.body);
  if (!body) return Rejected{400, "not a JSON object"};
  Events events;
  // The whole line of JSON-RPC, or only what is in it.
  const boost::json::object* received = object_at(*body, "params");
  if (received != nullptr) {
    const boost::json::object* result = object_at(*received, "result");
    if (result != nullptr) received = result;  // of a subscription
  }
  read_envelope(settings_.account, received == nullptr ? *body : *received, now, events);
  return events;
}

result<std::vector<std::string>> hook_secrets(const ChannelSettings& settings) {
  std::vector<std::string> secrets;
  for (const char* key : {"hook_secret", "old_hook_secret"}) {
    const std::string secret(secret_of(settings, key).reveal());
    if (secret.empty()) continue;
    if (!is_ascii_word(secret, longest_secret) || secret.size() < shortest_secret) {
      return Error{
          std::string(key) + " must be 22 to 128 letters, digits, '-' or '_'; make one with: openssl rand -hex 16",
          key};
    }
    secrets.push_back(secret);
  }
  return secrets;
}

result<int> at_once(const ChannelSettings& settings) {
  const std::string text = text_of(settings, "at_once", "1");
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && end == text.data() + text.size() && count >= 1 && count <= 50) return count;
  return Error{"at_once must be a number from 1 to 50, as in \"1\"", "at_once"};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const std::string number = text_of(settings, "number");
  if (!is_number(number))
    return Error{"number must be the one registered with Signal, as in \"+41790000001\"", "number"};
  const std::string receive = text_of(settings, "receive", "polling");
  if (receive != "webhook" && receive != "polling") {
    return Error{"receive must be \"polling\", or \"webhook\" where signal-cli-rest-api runs with MODE=json-rpc",
                 "receive"};
  }
  const auto count = at_once(settings);
  if (!count) return count.error();
  const auto secrets = hook_secrets(settings);
  if (!secrets) return secrets.error();
  const std::string username = text_of(settings, "username");
  if (!username.empty() && (!is_plain(username, 128) || username.find(':') != std::string::npos))
    return Error{"username must be the proxy's, without a ':'", "username"};
  if (!username.empty() && secret_of(settings, "password").empty())
    return Error{"password (or password_file) is missing beside username", "password"};
  const auto api = api_url_of(settings, std::string(standard_url));
  if (!api) return api.error();
  return std::make_unique<Signal>(Settings{{settings.name, number, api->base},
                                           {username, secret_of(settings, "password")},
                                           api->host,
                                           receive == "polling",
                                           *count,
                                           *secrets});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  std::vector<Trap> found;
  const bool asks = text_of(settings, "receive", "polling") == "polling";
  if (!asks) {
    found.push_back(
        {"Signal's webhook is called once: what comes while this server is restarted or cannot keep it is lost",
         "set receive = \"polling\", and run signal-cli-rest-api with MODE=native"});
  }
  if (!asks && secret_of(settings, "hook_secret").empty()) {
    found.push_back({"the webhook has no secret: whoever is on this machine can write as anybody",
                     "set hook_secret_file, and its end in RECEIVE_WEBHOOK_URL"});
  }
  if (asks && text_of(settings, "at_once", "1") != "1") {
    found.push_back({"at_once is above 1: a crash can lose as many messages as one answer holds",
                     "set at_once = \"1\", unless that is too slow", false});
  }
  return found;
}

}  // namespace

Gateway gateway() {
  return {"signal",
          {{"number", "", "Ours, registered with Signal, as in \"+41790000001\"."},
           {"receive", "polling", "\"webhook\" where signal-cli-rest-api runs with MODE=json-rpc."},
           {"at_once", "1", "How many envelopes are asked for: a crash can lose as many."},
           {"hook_secret", "",
            "The end of the webhook: <public_url>/hooks/<name>/<hook_secret>. Without it only this machine is heard.",
            true, true},
           {"old_hook_secret", "", "The former one, accepted too while it is being replaced.", true, true},
           {"api_url", std::string(standard_url), "Where signal-cli-rest-api is; http:// only to this machine."},
           {"username", "", "Of a proxy in front of it: the API itself has no password.", false, true},
           {"password", "", "Of that proxy.", true, true}},
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::signal
