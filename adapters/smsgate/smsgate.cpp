#include "adapters/smsgate/smsgate.hpp"

#include <charconv>
#include <utility>

#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/smsgate/probe.hpp"
#include "adapters/smsgate/receive.hpp"
#include "adapters/smsgate/send.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::smsgate {
namespace {

// An MMS holds its photos as base64, four letters for three bytes: of 2 MB at the most that operators take. A batch has
// up to 100 texts.
constexpr std::size_t longest_body = std::size_t{3} * 1024 * 1024;
constexpr std::size_t longest_key = 256;
constexpr std::chrono::minutes freshness{5};  // either way, as the app's documentation advises
constexpr std::string_view standard_url = "https://api.sms-gate.app/3rdparty/v1";

struct Settings {
  Inbox inbox;
  Account account;
  std::vector<Secret> keys;  // the current one and, during a rotation, the old one
  bool is_phone = false;     // we call the app itself
  std::string host;
  std::string callback_url;
};

class SmsGate final : public Channel {
 public:
  explicit SmsGate(Settings settings) : settings_(std::move(settings)), path_(hook_path(settings_.inbox.channel)) {}

  Traits traits() const override {
    Traits traits;
    traits.true_clock = false;  // the telephone's own
    traits.longest_text = 1600;
    traits.gateway_retries = true;  // after 10, 20, 40 s…, 14 times
    traits.takes_reference = true;
    traits.telephones = true;
    traits.answer_within = std::chrono::seconds(25);  // the phone waits 30
    traits.longest_body = longest_body;
    traits.sends = true;
    traits.lists_inbound = settings_.is_phone;
    traits.api_url = settings_.account.api_url;
    traits.host = settings_.host;
    if (settings_.is_phone) traits.media.origins = {settings_.account.api_url};  // servers in between have none
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  HttpResponse answer(const Events&, std::span<const OutboundMessage>) const override {
    return {200, {{"Content-Type", "application/json"}}, "{}"};
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint now) const override {
    return send_request(settings_.account, message, now);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  OutgoingRequest list_inbound(const InboundQuery& query) const override {
    return list_request(settings_.account, query);
  }

  result<InboundPage> read_listing(const HttpResponse& response, const InboundQuery& query) const override {
    return read_page(settings_.inbox, response, query);
  }

  std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const override {
    return media_request(settings_.account, attachment);
  }

  std::optional<OutgoingRequest> probe() const override { return smsgate::probe(settings_.account); }
  Diagnosis explain(const HttpResponse& response) const override {
    return smsgate::explain(response, settings_.callback_url);
  }
  std::optional<Knocks> knocks(TimePoint now) const override { return smsgate::knocks(settings_.keys.front(), now); }

 private:
  bool is_signed(std::string_view given, std::string_view timestamp, const std::string& body) const;

  Settings settings_;
  std::string path_;
};

std::optional<TimePoint> unix_time(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  // Of ten digits: what follows the body is signed with it, and must not begin in the body.
  if (text.size() != 10 || error != std::errc() || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return TimePoint(std::chrono::seconds(seconds));
}

bool SmsGate::is_signed(std::string_view given, std::string_view timestamp, const std::string& body) const {
  std::vector<std::string> expected;
  for (const Secret& key : settings_.keys)
    expected.push_back(crypto::hex(crypto::hmac_sha256(key, body + std::string(timestamp))));
  return matches_any(given, expected);
}

Webhook SmsGate::read(const HttpRequest& request, TimePoint now) const {
  if (request.method != "POST") return Rejected{405, "method"};
  if (request.path() != path_) return Rejected{403, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  const std::string_view given = field(request.fields, "X-Signature");
  const std::string_view timestamp = field(request.fields, "X-Timestamp");
  const std::optional<TimePoint> signed_at = unix_time(timestamp);
  if (given.empty() || !signed_at) return Rejected{403, "no signature"};
  if (!is_signed(given, timestamp, request.body)) return Rejected{403, "signature"};
  if (*signed_at < now - freshness || *signed_at > now + freshness) return Rejected{403, "too old, or a wrong clock"};
  return decode(settings_.inbox, request.body, now);
}

result<int> sim_of(const ChannelSettings& settings) {
  const std::string text = text_of(settings, "sim");
  if (text.empty()) return 0;
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '9') return text[0] - '0';
  return Error{"sim must be the number of the SIM, as in \"1\"", "sim"};
}

result<void> check_words(const ChannelSettings& settings) {
  const std::string mode = text_of(settings, "mode", "server");
  if (mode != "server" && mode != "phone") {
    return Error{"mode must be \"server\" (the cloud, or a private server) or \"phone\" (the app's own local server)",
                 "mode"};
  }
  if (!is_plain(text_of(settings, "username"), 128))
    return Error{"username must be as on the first page of the app", "username"};
  if (!is_plain(secret_of(settings, "password").reveal(), 128))
    return Error{"password (or password_file) is missing: as on the first page of the app", "password"};
  const std::string device = text_of(settings, "device");
  if (!device.empty() && !is_ascii_word(device, 64))
    return Error{"device must be the id of a device, as GET /devices tells it", "device"};
  return {};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  std::vector<Secret> keys;
  for (const char* name : {"signing_key", "old_signing_key"}) {
    Secret key = secret_of(settings, name);
    if (key.reveal().size() > longest_key) return Error{"the key is too long", name};
    if (!key.empty()) keys.push_back(std::move(key));
    if (keys.empty())
      return Error{"signing_key (or signing_key_file) is missing: Settings, Webhooks, Signing Key in the app",
                   "signing_key"};
  }
  if (const auto words = check_words(settings); !words) return words.error();
  const auto sim = sim_of(settings);
  if (!sim) return sim.error();
  const auto api = api_url_of(settings, std::string(standard_url));
  if (!api) return api.error();
  Settings made;
  made.inbox = {settings.name, api->base};
  made.account = {api->base, text_of(settings, "username"), secret_of(settings, "password"),
                  text_of(settings, "device"), *sim};
  made.keys = std::move(keys);
  made.is_phone = text_of(settings, "mode") == "phone";
  made.host = api->host;
  made.callback_url = settings.callback_url;
  return std::make_unique<SmsGate>(std::move(made));
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  std::vector<Trap> found;
  const auto api = read_url(text_of(settings, "api_url", std::string(standard_url)));
  const bool cloud = api && api->host == "api.sms-gate.app";
  const bool phone = text_of(settings, "mode", "server") == "phone";
  if (cloud && phone) {
    found.push_back({"mode is \"phone\", and api_url is the cloud's: the phone's own addresses are not there",
                     "set mode = \"server\", or api_url to http://<the phone>:8080"});
  }
  if (api && !cloud && !phone && api->port == "8080") {
    found.push_back({"api_url looks like the app's own local server, and mode is \"server\"",
                     "set mode = \"phone\" where api_url is the phone itself", false});
  }
  if (secret_of(settings, "signing_key").reveal().size() < 8) {
    found.push_back({"the signing key is so short that it can be guessed, and with it anybody's message",
                     "let the app make a new one (Settings, Webhooks, Signing Key), and put it into signing_key_file"});
  }
  const auto hook = read_url(settings.callback_url);
  if (hook && !hook->is_https && !is_loopback(hook->host)) {
    found.push_back({"the app calls http:// addresses only on the phone itself", "write public_url with https://"});
  }
  return found;
}

}  // namespace

Gateway gateway() {
  return {"smsgate",
          {{"signing_key", "", "The app's Settings, Webhooks, Signing Key: it signs every webhook.", true},
           {"old_signing_key", "", "The former key, accepted too while it is being replaced.", true, true},
           {"username", "", "As on the first page of the app."},
           {"password", "", "As on the first page of the app.", true},
           {"api_url", std::string(standard_url),
            "Where the API is: the cloud, a private server, or the phone; http:// only to this machine."},
           {"mode", "server", "\"server\", or \"phone\" where api_url is the app's own local server."},
           {"device", "", "The phone to send with, where the account has several.", false, true},
           {"sim", "", "The SIM to send with: \"1\" or \"2\". Without it the phone chooses.", false, true}},
          &make,
          false,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::smsgate
