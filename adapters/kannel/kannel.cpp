#include "adapters/kannel/kannel.hpp"

#include <charconv>
#include <utility>

#include "adapters/kannel/probe.hpp"
#include "adapters/kannel/receive.hpp"
#include "adapters/kannel/send.hpp"
#include "adapters/kannel/traps.hpp"
#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::kannel {
namespace {

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::size_t shortest_secret = 22;  // 128 bits in base64
constexpr std::size_t longest_secret = 128;
constexpr std::string_view standard_url = "http://127.0.0.1:13013";

struct Settings {
  std::string channel;
  Secret hook_secret;
  Line line;
  std::string host;  // of sendsms
};

class Kannel final : public Channel {
 public:
  explicit Kannel(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.channel) + "/") {}

  Traits traits() const override {
    Traits traits;
    traits.true_clock = false;  // a modem behind Kannel tells the time of its network
    traits.longest_text = 1600;
    traits.inline_replies = false;  // a reply in the answer would have no receipt
    traits.gateway_retries = true;  // with http-request-retry, as in the sample
    traits.answer_within = std::chrono::seconds(10);
    traits.sends = true;
    traits.telephones = true;
    traits.api_url = settings_.line.api_url;
    traits.host = settings_.host;
    traits.names_us = sender_names_us(settings_.line.from);
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  // 200 or 202 and nothing else is a success; a text would be sent to the person.
  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, ""};
  }

  std::size_t requests(const OutboundMessage& message) const override {
    return is_parted(message) ? message.parts.size() : 1;
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t part, TimePoint now) const override {
    return send_request(settings_.line, message, part, now);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  std::optional<OutgoingRequest> probe() const override { return kannel::probe(settings_.line); }
  Diagnosis explain(const HttpResponse& response) const override { return kannel::explain(response); }
  std::optional<Knocks> knocks(TimePoint) const override { return kannel::knocks(settings_.hook_secret); }

 private:
  Settings settings_;
  std::string path_;  // "/hooks/<channel>/": the secret comes next
};

Webhook Kannel::read(const HttpRequest& request, TimePoint now) const {
  if (request.method != "GET" && request.method != "POST") return Rejected{405, "method"};
  if (!request.path().starts_with(path_)) return Rejected{404, "path"};
  const std::string_view after = request.path().substr(path_.size());
  const std::string_view given = after.substr(0, after.find('/'));
  const std::string_view rest = after.substr(given.size());
  if (!crypto::equal(given, settings_.hook_secret.reveal())) return Rejected{404, "secret"};
  if (!rest.empty() && rest != "/status") return Rejected{404, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  if (!rest.empty()) return read_report(request);
  return read_message(settings_.channel, settings_.hook_secret, request, now);
}

result<void> check_secret(const Secret& secret) {
  // It stands in a path, and in a dlr-url, where Kannel fills in whatever begins with '%'.
  if (is_ascii_word(secret.reveal(), longest_secret) && secret.reveal().size() >= shortest_secret) return {};
  return Error{"hook_secret must be 22 to 128 letters, digits, '-' or '_'; make one with: openssl rand -hex 16",
               "hook_secret"};
}

result<void> check_words(const ChannelSettings& settings) {
  for (const std::string key : {"username", "from"}) {
    if (!is_plain(text_of(settings, key), 64)) return Error{key + " must be as in Kannel's configuration", key};
  }
  const std::string smsc = text_of(settings, "smsc");
  if (!smsc.empty() && !is_plain(smsc, 64)) return Error{"smsc must be an smsc-id of Kannel's configuration", "smsc"};
  if (!is_plain(secret_of(settings, "password").reveal(), 128)) {
    return Error{"password (or password_file) is missing, or holds a line break: that of Kannel's sendsms-user",
                 "password"};
  }
  if (settings.callback_url.find('%') != std::string::npos) {
    return Error{"'" + settings.callback_url + "' holds a '%', which Kannel would fill in", "callback_url"};
  }
  return {};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  const Secret hook_secret = secret_of(settings, "hook_secret");
  if (const auto secret = check_secret(hook_secret); !secret) return secret.error();
  if (const auto words = check_words(settings); !words) return words.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  const auto api = api_url_of(settings, std::string(standard_url));
  if (!api) return api.error();
  Line line;
  line.api_url = api->base;
  line.username = text_of(settings, "username");
  line.password = secret_of(settings, "password");
  line.from = text_of(settings, "from");
  line.smsc = text_of(settings, "smsc");
  line.report_url = settings.callback_url + "/" + std::string(hook_secret.reveal()) + "/status";
  return std::make_unique<Kannel>(Settings{settings.name, hook_secret, std::move(line), api->host});
}

}  // namespace

Gateway gateway() {
  return {"kannel",
          {{"hook_secret", "",
            "The end of the webhook: <public_url>/hooks/<name>/<hook_secret>; 22 characters or more.", true},
           {"username", "", "Of Kannel's group sendsms-user."},
           {"password", "", "Of Kannel's group sendsms-user.", true},
           {"from", "", "The number that people write to, as in \"+33639980001\"."},
           {"api_url", std::string(standard_url), "Where smsbox's sendsms listens; http:// only to this machine."},
           {"smsc", "", "The smsc-id of the line to send through. Without it Kannel chooses.", false, true},
           {"conf", "", "Kannel's own kannel.conf, where it is on this machine: 'passerelle doctor' looks into it.",
            false, true}},
          &make,
          false,
          {},
          nullptr,
          &traps,
          {"conf"}};
}

}  // namespace passerelle::adapters::kannel
