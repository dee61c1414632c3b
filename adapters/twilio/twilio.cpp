#include "adapters/twilio/twilio.hpp"

#include <optional>
#include <utility>

#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "adapters/twilio/decode.hpp"
#include "adapters/twilio/signature.hpp"
#include "adapters/twilio/twiml.hpp"
#include "base/crypto.hpp"
#include "base/url.hpp"

namespace passerelle::adapters::twilio {
namespace {

constexpr std::size_t longest_body = 64 * 1024;
constexpr std::size_t most_parameters = 1000;  // Twilio sends about thirty

struct Settings {
  std::string channel;
  std::string callback_url;
  std::string account;
  std::vector<Secret> tokens;  // the current one and, during a rotation, the old one
  std::string host;            // of the API
};

class Twilio final : public Channel {
 public:
  explicit Twilio(Settings settings)
      : settings_(std::move(settings)), path_(hook_path(settings_.channel)), status_path_(path_ + "/status") {}

  Traits traits() const override {
    Traits traits;
    traits.longest_text = 1600;
    traits.inline_replies = true;
    traits.gateway_retries = false;                   // a 5xx goes to the number's fallback URL, or is lost
    traits.answer_within = std::chrono::seconds(10);  // Twilio itself waits 15
    traits.host = settings_.host;
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  HttpResponse answer(const Events&, std::span<const OutboundMessage> inline_replies) const override {
    return twiml(settings_.callback_url + "/status", inline_replies);
  }

 private:
  Settings settings_;
  std::string path_;
  std::string status_path_;
};

Webhook Twilio::read(const HttpRequest& request, TimePoint now) const {
  const bool is_status = request.path() == status_path_;
  if (request.method != "POST") return Rejected{405, "method"};
  if (!is_status && request.path() != path_) return Rejected{403, "path"};
  if (request.body.size() > longest_body) return Rejected{413, "size"};
  const std::string_view given = field(request.fields, "X-Twilio-Signature");
  if (given.empty()) return Rejected{403, "no signature"};

  const bool is_json = has_body_hash(request.query());
  std::vector<HttpField> form;
  if (!is_json) form = parse_form(request.body, most_parameters + 1);
  if (form.size() > most_parameters) return Rejected{403, "too many fields"};
  std::string url = settings_.callback_url + (is_status ? "/status" : "");
  url.append(request.target, request.path().size());  // with '?' and the query exactly as it came
  if (!signature_holds(given, url, form, settings_.tokens)) return Rejected{403, "signature"};
  if (is_json && !body_hash_holds(request.query(), request.body)) return Rejected{403, "body hash"};

  if (is_json) return Events{{}, {}, 1};  // messages and receipts are always forms
  if (!crypto::equal(value_of(form, "AccountSid"), settings_.account)) return Rejected{403, "account"};
  if (is_status) return decode_receipt(form, value_of(parse_form(request.query()), "ref"));
  return decode_message(settings_.channel, form, now);
}

std::string text_of(const ChannelSettings& settings, const std::string& key, const std::string& standard = "") {
  const auto found = settings.values.find(key);
  return found == settings.values.end() || found->second.empty() ? standard : found->second;
}

// The host of an http(s) URL, or what is wrong with it.
result<std::string> api_host(const std::string& text) {
  const std::optional<WebUrl> url = read_url(text);
  if (!url) {
    return Error{"'" + text + "' is not an https:// address; leave api_url out for https://api.twilio.com", "api_url"};
  }
  if (!url->is_https && !is_loopback(url->host)) {
    return Error{
        "http:// would send the token in the clear; it is allowed only to this machine (localhost, 127.0.0.1, "
        "[::1]); write https://",
        "api_url"};
  }
  return url->host;
}

result<void> check_callback_url(const std::string& text) {
  const std::optional<WebUrl> url = read_url(text);
  if (url && url->path.find_first_of("?#") == std::string::npos) return {};
  return Error{"'" + text +
                   "' is not the address of a hook; set [server] public_url to the https:// address under "
                   "which Twilio reaches this server",
               "callback_url"};
}

result<void> check_words(const ChannelSettings& settings) {
  const std::string account = text_of(settings, "account");
  if (!account.starts_with("AC") || !is_ascii_word(account, 64)) {
    return Error{"account must be the Account SID, which begins with AC and stands on the Twilio console's first page",
                 "account"};
  }
  if (!is_plain(text_of(settings, "from"), 128)) {
    return Error{"from must be the number that people write to, as in \"+41791234567\"", "from"};
  }
  const std::string reply = text_of(settings, "reply", "inline");
  if (reply == "api") return Error{"reply = \"api\" comes with the delivery issue; write reply = \"inline\"", "reply"};
  if (reply != "inline") return Error{"reply must be \"inline\", not \"" + reply + "\"", "reply"};
  return {};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  if (const auto words = check_words(settings); !words) return words.error();
  if (const auto callback = check_callback_url(settings.callback_url); !callback) return callback.error();
  const auto host = api_host(text_of(settings, "api_url", "https://api.twilio.com"));
  if (!host) return host.error();
  std::vector<Secret> tokens;
  for (const char* key : {"token", "old_token"}) {
    const auto found = settings.secrets.find(key);
    if (found != settings.secrets.end() && !found->second.empty()) tokens.push_back(found->second);
    // Without this an old token left alone would be taken for the current one.
    if (tokens.empty())
      return Error{"token (or token_file) is missing: the Auth Token beside the Account SID", "token"};
  }
  return std::make_unique<Twilio>(
      Settings{settings.name, settings.callback_url, text_of(settings, "account"), std::move(tokens), *host});
}

}  // namespace

Gateway gateway() {
  return {"twilio",
          {{"account", "", "The Account SID, from the Twilio console: AC and 32 digits."},
           {"token", "", "The Auth Token, which signs every webhook.", true},
           {"old_token", "", "The former Auth Token, accepted too while it is being replaced.", true, true},
           {"from", "", "The number that people write to, as in \"+41791234567\"."},
           {"api_url", "https://api.twilio.com", "Where Twilio's API is; http:// only to this machine."},
           {"reply", "inline", "\"inline\": the reply travels in the answer to the webhook."}},
          &make};
}

}  // namespace passerelle::adapters::twilio
