#include "adapters/vonage/vonage.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "adapters/interactive.hpp"
#include "adapters/json_object.hpp"
#include "adapters/jwt.hpp"
#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "adapters/vonage/messages.hpp"
#include "adapters/vonage/probe.hpp"
#include "adapters/vonage/signature.hpp"
#include "adapters/vonage/sms.hpp"
#include "base/crypto.hpp"

namespace passerelle::adapters::vonage {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::chrono::minutes ahead{5};
constexpr std::string_view standard_minutes = "1500";  // 25 hours: Vonage tries for 24, and tells when it began

struct Settings {
  Account account;
  bool is_sms = true;  // the SMS API; else the Messages API
  Method method = Method::sha256;
  std::chrono::minutes fresh{0};
};

class Vonage final : public Channel {
 public:
  explicit Vonage(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.account.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = settings_.is_sms ? 1600 : 1000;
    traits.gateway_retries = true;  // after 429 and 5xx, for 24 hours; other 4xx are final
    traits.answer_within = std::chrono::seconds(5);
    traits.sends = true;
    traits.telephones = true;
    if (!settings_.is_sms) traits.buttons = interactive_limits;  // of WhatsApp
    traits.api_url = settings_.account.api_url;
    traits.host = settings_.account.api_host;
    // Without a password: an address is good for two days. With "secure inbound media" on it takes a token that only a
    // private key of the application makes, which we do not have.
    if (!settings_.is_sms) traits.media = {{settings_.account.api_url}, {"nexmo.com", "vonage.com"}};
    traits.names_us = sender_names_us(settings_.account.from);
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "text/plain"}}, ""};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint now) const override {
    return settings_.is_sms ? sms_request(settings_.account, message, now)
                            : messages_request(settings_.account, message, now);
  }

  Outcome judge(const HttpResponse& response) const override {
    return settings_.is_sms ? judge_sms(response) : judge_messages(response);
  }

  std::optional<OutgoingRequest> probe() const override { return vonage::probe(settings_.account, settings_.is_sms); }
  Diagnosis explain(const HttpResponse& response) const override { return vonage::explain(response, settings_.is_sms); }
  std::optional<Knocks> knocks(TimePoint now) const override {
    return settings_.is_sms ? knocks_of_sms(settings_.account, settings_.method, now)
                            : knocks_of_messages(settings_.account, now);
  }

 private:
  Webhook read_sms(const HttpRequest& request, TimePoint now) const;
  Webhook read_messages(const HttpRequest& request, TimePoint now) const;
  bool is_fresh(std::int64_t seconds, TimePoint now) const;

  Settings settings_;
  std::string path_;
};

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool Vonage::is_fresh(std::int64_t seconds, TimePoint now) const {
  constexpr std::int64_t latest = 32'503'680'000;  // the year 3000
  if (seconds <= 0 || seconds > latest) return false;
  const TimePoint at{std::chrono::seconds(seconds)};
  return at >= now - settings_.fresh && at <= now + ahead;
}

// Receipts may come to either address: an account has one of its own beside that which each message names.
Webhook Vonage::read(const HttpRequest& request, TimePoint now) const {
  const bool is_post = request.method == "POST";
  if (!is_post && !(settings_.is_sms && request.method == "GET")) return Rejected{405, "method"};
  if (request.path() != path_ && request.path() != path_ + "/status") return Rejected{403, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  return settings_.is_sms ? read_sms(request, now) : read_messages(request, now);
}

Webhook Vonage::read_sms(const HttpRequest& request, TimePoint now) const {
  // The dashboard tries an address with an empty request before it keeps it.
  if (request.query().empty() && request.body.empty()) return Events{{}, {}, 1};
  const std::optional<std::vector<HttpField>> parameters = parameters_of(request);
  if (!parameters) return Rejected{403, "fields"};
  const std::string_view given = value_of(*parameters, "sig");
  if (given.empty()) return Rejected{403, "no signature"};
  if (!sig_holds(given, *parameters, settings_.method, settings_.account.signers)) return Rejected{403, "signature"};
  const std::optional<std::int64_t> pushed = number(value_of(*parameters, "timestamp"));
  if (!pushed || !is_fresh(*pushed, now)) return Rejected{403, "too old, or a wrong clock"};
  const std::string_view key = value_of(*parameters, "api-key");
  if (!key.empty() && !crypto::equal(key, settings_.account.key)) return Rejected{403, "account"};
  return decode_sms(settings_.account, *parameters, now);
}

// Whether a claim that may be absent is what we expect.
bool agrees(const json::object& claims, std::string_view name, const std::string& expected) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || expected.empty()) return true;
  const json::string* text = value->if_string();
  return text != nullptr && crypto::equal(*text, expected);
}

Webhook Vonage::read_messages(const HttpRequest& request, TimePoint now) const {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view authorization = field(request.fields, "Authorization");
  if (!same_field_name(authorization.substr(0, bearer.size()), bearer)) return Rejected{403, "no signature"};
  const auto claims = read_jwt(authorization.substr(bearer.size()), settings_.account.signers);
  if (!claims) return Rejected{403, "signature"};
  const json::string* hash = text_at(*claims, "payload_hash");
  if (hash == nullptr || !crypto::equal(*hash, crypto::hex(crypto::sha256(request.body))))
    return Rejected{403, "body hash"};
  const json::value* issued = claims->if_contains("iat");
  if (issued == nullptr || !issued->is_int64() || !is_fresh(issued->get_int64(), now))
    return Rejected{403, "too old, or a wrong clock"};
  if (!agrees(*claims, "api_key", settings_.account.key)) return Rejected{403, "account"};
  if (!agrees(*claims, "application_id", settings_.account.application)) return Rejected{403, "application"};
  return decode_messages(settings_.account, request.body, now);
}

result<void> check_words(const ChannelSettings& settings) {
  const std::string api = text_of(settings, "api", "messages");
  if (api != "sms" && api != "messages") return Error{"api must be \"messages\" or \"sms\"", "api"};
  if (!is_ascii_word(text_of(settings, "api_key"), 64))
    return Error{"api_key must be as on the dashboard's first page", "api_key"};
  if (!is_plain(secret_of(settings, "api_secret").reveal(), 128))
    return Error{"api_secret (or api_secret_file) is missing: as on the dashboard's first page", "api_secret"};
  const std::string application = text_of(settings, "application");
  if (!application.empty() && !is_ascii_word(application, 64))
    return Error{"application must be the id of an application", "application"};
  if (!is_plain(text_of(settings, "from"), 64))
    return Error{"from must be the number that people write to, as in \"+41791234567\"", "from"};
  return {};
}

result<std::chrono::minutes> minutes_of(const ChannelSettings& settings) {
  const auto minutes = number(text_of(settings, "fresh_minutes", std::string(standard_minutes)));
  if (minutes && *minutes >= 5 && *minutes <= 10'080) return std::chrono::minutes(*minutes);
  return Error{"fresh_minutes must be 5 to 10080", "fresh_minutes"};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  if (const auto words = check_words(settings); !words) return words.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  const bool is_sms = text_of(settings, "api", "messages") == "sms";
  const auto method = parse_method(text_of(settings, "signature_method", "sha256"));
  if (!method)
    return Error{"signature_method must be sha256, sha512, sha1, md5 or md5hash, as the account is set to",
                 "signature_method"};
  const auto fresh = minutes_of(settings);
  if (!fresh) return fresh.error();
  const auto api = api_url_of(settings, is_sms ? "https://rest.nexmo.com" : "https://api.nexmo.com");
  if (!api) return api.error();
  std::vector<Secret> signers;
  for (const char* name : {"signature_secret", "old_signature_secret"}) {
    if (Secret secret = secret_of(settings, name); !secret.empty()) signers.push_back(std::move(secret));
    if (signers.empty())
      return Error{"signature_secret (or signature_secret_file) is missing: it signs every webhook",
                   "signature_secret"};
  }
  Account account{settings.name,
                  api->base,
                  api->host,
                  text_of(settings, "api_key"),
                  secret_of(settings, "api_secret"),
                  text_of(settings, "application"),
                  std::move(signers),
                  text_of(settings, "from"),
                  settings.callback_url};
  return std::make_unique<Vonage>(Settings{std::move(account), is_sms, *method, *fresh});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  std::vector<Trap> found = https_only(settings, "Vonage");
  const std::string minutes = text_of(settings, "fresh_minutes", std::string(standard_minutes));
  if (minutes.size() < 4 && minutes != "0") {
    found.push_back({"fresh_minutes is " + minutes +
                         ": Vonage brings a webhook again for 24 hours, and what comes later is refused",
                     "set fresh_minutes = \"" + std::string(standard_minutes) + "\""});
  }
  if (text_of(settings, "api") == "sms" && text_of(settings, "signature_method", "sha256").starts_with("md5")) {
    found.push_back({"webhooks are signed with MD5, which is weak",
                     "choose sha256 in the account's settings, and set signature_method = \"sha256\"", false});
  }
  return found;
}

}  // namespace

Gateway gateway() {
  return {
      "vonage",
      {{"api", "messages", "\"messages\", or \"sms\" for the older SMS API."},
       {"api_key", "", "As on the dashboard's first page."},
       {"api_secret", "", "As on the dashboard's first page.", true},
       {"signature_secret", "", "Signs every webhook: the account's settings.", true},
       {"old_signature_secret", "", "The former one, accepted too while it is being replaced.", true, true},
       {"signature_method", "sha256", "Of the SMS API: sha256, sha512, sha1, md5 or md5hash, as the account has it."},
       {"application", "", "Of the Messages API: webhooks of another application are refused.", false, true},
       {"from", "", "The number that people write to, as in \"+41791234567\"."},
       {"fresh_minutes", std::string(standard_minutes), "How old a webhook may be: Vonage tries for 24 hours."},
       {"api_url", "", "Where the API is, if not at Vonage; http:// only to this machine.", false, true}},
      &make,
      false,
      {},
      nullptr,
      &traps};
}

}  // namespace passerelle::adapters::vonage
