// Fuzzes the SMSGate adapter: strangers' bytes are refused, whatever bears a good signature is decoded within bounds,
// and what its API answers has a meaning that can be logged.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const std::string key = "key";
const TimePoint now = from_ms(1'800'000'000'000);

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "phone";
  settings.callback_url = "https://sms.example.org/hooks/phone";
  settings.values = {{"username", "sms"}, {"api_url", "http://127.0.0.1:8080"}, {"mode", "phone"}};
  settings.secrets.emplace("signing_key", Secret(key));
  settings.secrets.emplace("password", Secret("password"));
  return adapters::find_gateway("smsgate")->make(settings).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const InboundMessage& message) {
  require(is_utf8(message.text) && adapters::is_plain(message.from.user, 128));
  require(adapters::is_plain(message.provider_id, 80) && message.attachments.size() <= 10);
  for (const Attachment& one : message.attachments) require(one.url.starts_with("http://127.0.0.1:8080/inbox/"));
}

void check(const Events& events) {
  require(events.messages.size() <= 1000 && events.receipts.size() <= 1);
  for (const InboundMessage& message : events.messages) check(message);
  for (const Receipt& receipt : events.receipts) {
    require(adapters::is_ascii_word(receipt.ref, 64));
    require(receipt.code.empty() || adapters::is_ascii_word(receipt.code, 64));
  }
}

struct CanBeLogged {
  void operator()(const Accepted& one) const {
    require(one.provider_id.empty() || adapters::is_ascii_word(one.provider_id, 64));
  }
  void operator()(const RetryLater& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Ambiguous& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Refused& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Misconfigured& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const OptedOut&) const { std::abort(); }
  void operator()(const NeedsTemplate&) const { std::abort(); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  const std::string body(reinterpret_cast<const char*>(data), size);
  const std::string timestamp = "1800000000";
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/phone";
  request.body = body;
  request.fields = {{"X-Timestamp", timestamp}, {"X-Signature", std::string(64, '0')}};
  require(std::holds_alternative<Rejected>(channel->read(request, now)));
  request.fields[1].value = crypto::hex(crypto::hmac_sha256(Secret(key), body + timestamp));
  const Webhook webhook = channel->read(request, now);
  if (const auto* events = std::get_if<Events>(&webhook)) check(*events);
  for (const int status : {200, 202, 400, 409, 503}) std::visit(CanBeLogged{}, channel->judge({status, {}, body}));
  const auto page = channel->read_listing({200, {}, body}, {TimePoint(), ""});
  if (!page) return 0;
  for (const InboundMessage& message : page->messages) check(message);
  return 0;
}
