#include "adapters/twilio/twilio.hpp"

#include <utility>

#include "adapters/settings.hpp"
#include "adapters/signature.hpp"
#include "adapters/text.hpp"
#include "adapters/twilio/decode.hpp"
#include "adapters/twilio/listing.hpp"
#include "adapters/twilio/media.hpp"
#include "adapters/twilio/probe.hpp"
#include "adapters/twilio/send.hpp"
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
  Account account;
  std::vector<Secret> tokens;  // of webhooks: the current one and, during a rotation, the old one
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
    traits.sends = true;
    traits.telephones = true;
    traits.lists_inbound = true;
    traits.api_url = settings_.account.api_url;
    traits.host = settings_.host;
    traits.media = media_reach(settings_.account);
    traits.names_us = sender_names_us(settings_.account.from);
    return traits;
  }

  Webhook read(const HttpRequest& request, TimePoint now) const override;

  HttpResponse answer(const Events&, std::span<const OutboundMessage> inline_replies) const override {
    return twiml(settings_.account.callback_url + "/status", inline_replies);
  }

  OutgoingRequest write(const OutboundMessage& message, std::size_t, TimePoint now) const override {
    return send_request(settings_.account, message, now);
  }

  Outcome judge(const HttpResponse& response) const override { return judge_answer(response); }

  OutgoingRequest list_inbound(const InboundQuery& query) const override {
    return list_request(settings_.account, query);
  }

  result<InboundPage> read_listing(const HttpResponse& response, const InboundQuery& query) const override {
    return read_page(settings_.account, settings_.channel, response, query);
  }

  std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const override {
    return ask_for_media(settings_.account, attachment);
  }
  media::Answer read_media(const Attachment&, std::size_t asked, HttpResponse response) const override {
    return read_media_answer(asked, std::move(response));
  }

  std::optional<OutgoingRequest> probe() const override { return twilio::probe(settings_.account); }
  Diagnosis explain(const HttpResponse& response) const override {
    return twilio::explain(settings_.account, response);
  }
  std::optional<Knocks> knocks(TimePoint) const override { return twilio::knocks(settings_.account); }

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
  std::string url = settings_.account.callback_url + (is_status ? "/status" : "");
  url.append(request.target, request.path().size());  // with '?' and the query exactly as it came
  if (!signature_holds(given, url, form, settings_.tokens)) return Rejected{403, "signature"};
  if (is_json && !body_hash_holds(request.query(), request.body)) return Rejected{403, "body hash"};

  if (is_json) return Events{{}, {}, 1};  // messages and receipts are always forms
  if (!crypto::equal(value_of(form, "AccountSid"), settings_.account.sid)) return Rejected{403, "account"};
  if (is_status) return decode_receipt(form, value_of(parse_form(request.query()), "ref"));
  return decode_message(settings_.channel, settings_.account.api_url, form, now);
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
  return {};
}

result<std::unique_ptr<Channel>> make(const ChannelSettings& settings) {
  if (const auto words = check_words(settings); !words) return words.error();
  if (const auto callback = check_callback_url(settings); !callback) return callback.error();
  const auto api = api_url_of(settings, "https://api.twilio.com");
  if (!api) return api.error();
  std::vector<Secret> tokens;
  for (const char* key : {"token", "old_token"}) {
    if (Secret token = secret_of(settings, key); !token.empty()) tokens.push_back(std::move(token));
    // Without this an old token left alone would be taken for the current one.
    if (tokens.empty())
      return Error{"token (or token_file) is missing: the Auth Token beside the Account SID", "token"};
  }
  Account account{api->base, text_of(settings, "account"), tokens.front(), text_of(settings, "from"),
                  settings.callback_url};
  return std::make_unique<Twilio>(Settings{settings.name, std::move(account), std::move(tokens), api->host});
}

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles&) {
  std::vector<Trap> found;
  const auto url = read_url(settings.callback_url);
  if (url && !url->is_https && !is_loopback(url->host)) {
    found.push_back(
        {"webhooks come in the clear to " + settings.callback_url + ", and a signed request that is read can be bent",
         "put TLS in front of this server, and write public_url with https://, here and at Twilio"});
  }
  found.push_back(
      {"Twilio brings a webhook that failed no second time; this server fetches what was missed every five minutes",
       "add #rc=2&rp=all to the webhook's address at Twilio", false});
  return found;
}

}  // namespace

Gateway gateway() {
  return {"twilio",
          {{"account", "", "The Account SID, from the Twilio console: AC and 32 digits."},
           {"token", "", "The Auth Token, which signs every webhook.", true},
           {"old_token", "", "The former Auth Token, accepted too while it is being replaced.", true, true},
           {"from", "", "The number that people write to, as in \"+41791234567\"."},
           {"api_url", "https://api.twilio.com", "Where Twilio's API is; http:// only to this machine."}},
          &make,
          true,
          {},
          nullptr,
          &traps};
}

}  // namespace passerelle::adapters::twilio
