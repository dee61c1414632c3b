// Fuzzes the Viber adapter: strangers' bytes are refused, whatever bears a good signature is read within bounds, and
// every answer to a message of ours has a meaning that can be logged.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "outcome_check.hpp"

namespace {

using namespace passerelle;
using fuzz::require;

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "viber";
  settings.callback_url = "https://chat.example.org/hooks/viber";
  settings.values = {{"sender", "s"}};
  settings.secrets.emplace("token", Secret("secret"));
  return adapters::find_gateway("viber")->make(settings).value();
}

void check(const Channel& channel, const Events& events) {
  for (const InboundMessage& message : events.messages) {
    require(adapters::is_utf8(message.text) && adapters::is_plain(message.from.user, 64));
    require(adapters::is_plain(message.provider_id, 20) && message.sent_at <= TimePoint());
    require(message.attachments.size() <= 1);
    for (const Attachment& one : message.attachments) require(one.url.starts_with("https://"));
  }
  for (const Receipt& receipt : events.receipts) {
    require(adapters::is_plain(receipt.provider_id, 20) && receipt.ref.size() <= 64 && receipt.code.size() <= 16);
  }
  require(channel.answer(events, {}).body.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/viber";
  request.body.assign(reinterpret_cast<const char*>(data), size);
  request.fields = {{"X-Viber-Content-Signature", request.body}};
  require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())));
  request.fields = {{"X-Viber-Content-Signature", crypto::hex(crypto::hmac_sha256(Secret("secret"), request.body))}};
  const Webhook webhook = channel->read(request, TimePoint());
  if (const auto* events = std::get_if<Events>(&webhook)) check(*channel, *events);
  for (const int status : {200, 400, 401, 429, 503})
    std::visit(fuzz::CanBeLogged{}, channel->judge({status, {}, request.body}));
  return 0;
}
