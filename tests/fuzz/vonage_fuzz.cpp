// Fuzzes both of Vonage's adapters: strangers' bytes are refused, whatever bears a good signature is decoded within
// bounds, tokens are read or refused, and answers have a meaning that can be logged.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/jwt.hpp"
#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const Secret signer("signer");
const TimePoint now = from_ms(1'800'000'000'000);

std::unique_ptr<Channel> make_channel(const std::string& api) {
  adapters::ChannelSettings settings;
  settings.name = "vonage";
  settings.callback_url = "https://sms.example.org/hooks/vonage";
  settings.values = {{"api", api}, {"api_key", "k"}, {"from", "+41798070000"}};
  settings.secrets.emplace("api_secret", Secret("secret"));
  settings.secrets.emplace("signature_secret", signer);
  return adapters::find_gateway("vonage")->make(settings).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Webhook& webhook) {
  const auto* events = std::get_if<Events>(&webhook);
  if (events == nullptr) return;
  require(events->messages.size() + events->receipts.size() <= 1);
  for (const InboundMessage& message : events->messages) {
    require(is_utf8(message.text) && adapters::is_plain(message.from.user, 200));
    require(adapters::is_ascii_word(message.provider_id, 90) && message.attachments.size() <= 1);
    for (const Attachment& one : message.attachments) require(one.url.starts_with("https://"));
  }
  for (const Receipt& receipt : events->receipts) {
    require(adapters::is_ascii_word(receipt.provider_id, 64));
    require(receipt.code.empty() || adapters::is_ascii_word(receipt.code, 20));
  }
}

HttpRequest post(const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/vonage";
  request.body = body;
  return request;
}

void fuzz_messages(const Channel& channel, const std::string& body) {
  HttpRequest request = post(body);
  request.fields = {{"Authorization", "Bearer " + body}};
  require(std::holds_alternative<Rejected>(channel.read(request, now)));
  const std::string claims =
      R"({"iat":1800000000,"payload_hash":")" + crypto::hex(crypto::sha256(body)) + R"(","api_key":"k"})";
  const std::string text = adapters::base64url(R"({"alg":"HS256"})") + "." + adapters::base64url(claims);
  request.fields[0].value = "Bearer " + text + "." + adapters::base64url(crypto::hmac_sha256(signer, text));
  check(channel.read(request, now));
  const auto decoded = adapters::base64url_decode(body);
  if (decoded) require(adapters::base64url(*decoded) == body);
}

// The body as a form, and whatever it says signed by the documented algorithm.
void fuzz_sms(const Channel& channel, const std::string& body) {
  HttpRequest request = post(body + "&timestamp=1800000000");
  std::vector<HttpField> fields = parse_form(request.body);
  const auto is_sig = [](const HttpField& one) { return one.name == "sig"; };
  if (std::ranges::any_of(fields, is_sig)) return;
  require(std::holds_alternative<Rejected>(channel.read(request, now)));
  std::ranges::sort(fields, {}, &HttpField::name);
  std::string text;
  for (HttpField& one : fields) {
    std::ranges::replace(one.value, '&', '_');
    std::ranges::replace(one.value, '=', '_');
    text += "&" + one.name + "=" + one.value;
  }
  request.body += "&sig=" + crypto::hex(crypto::hmac_sha256(signer, text));
  check(channel.read(request, now));
  HttpRequest as_json = post(body);
  as_json.fields = {{"Content-Type", "application/json"}};
  if (!body.empty()) require(std::holds_alternative<Rejected>(channel.read(as_json, now)));
}

struct CanBeLogged {
  void operator()(const Accepted& one) const {
    require(one.provider_id.empty() || adapters::is_ascii_word(one.provider_id, 64));
  }
  void operator()(const RetryLater& one) const { require(adapters::is_ascii_word(one.why, 64)); }
  void operator()(const Ambiguous& one) const { require(adapters::is_ascii_word(one.why, 80)); }
  void operator()(const Refused& one) const { require(adapters::is_ascii_word(one.why, 64)); }
  void operator()(const Misconfigured& one) const { require(adapters::is_ascii_word(one.why, 64)); }
  void operator()(const OptedOut&) const {}
  void operator()(const NeedsTemplate&) const {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> sms = make_channel("sms");
  static const std::unique_ptr<Channel> messages = make_channel("messages");
  const std::string body(reinterpret_cast<const char*>(data), size);
  fuzz_sms(*sms, body);
  fuzz_messages(*messages, body);
  for (const int status : {200, 202, 422, 429}) {
    std::visit(CanBeLogged{}, sms->judge({status, {}, body}));
    std::visit(CanBeLogged{}, messages->judge({status, {}, body}));
  }
  return 0;
}
