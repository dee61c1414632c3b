// Fuzzes the Messenger adapter: strangers' bytes are refused, whatever bears a good signature is read within bounds,
// and every answer to a message of ours has a meaning that can be logged.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "outcome_check.hpp"

namespace {

using namespace passerelle;
using fuzz::require;

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "page";
  settings.callback_url = "https://chat.example.org/hooks/page";
  settings.values = {{"page", "101000000000001"}};
  for (const char* key : {"app_secret", "verify_token", "token"}) settings.secrets.emplace(key, Secret("secret"));
  return adapters::find_gateway("messenger")->make(settings).value();
}

void check(const Channel& channel, const Events& events) {
  for (const InboundMessage& message : events.messages) {
    require(adapters::is_utf8(message.text) && adapters::is_ascii_word(message.from.user, 64));
    require(adapters::is_plain(message.provider_id, 256) && message.sent_at <= TimePoint());
    require(message.attachments.size() <= 10);
    for (const Attachment& one : message.attachments) require(one.url.starts_with("https://"));
  }
  for (const Receipt& receipt : events.receipts) {
    require(adapters::is_plain(receipt.provider_id, 256) && receipt.ref.size() <= 64 && receipt.code.size() <= 16);
  }
  require(channel.answer(events, {}).body.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/page";
  request.body.assign(reinterpret_cast<const char*>(data), size);
  request.fields = {{"X-Hub-Signature-256", request.body}};
  require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())));
  request.fields = {{"X-Hub-Signature-256", fuzz::graph_signature(request.body)}};
  const Webhook webhook = channel->read(request, TimePoint());
  if (const auto* events = std::get_if<Events>(&webhook)) check(*channel, *events);
  request.method = "GET";
  request.target += "?" + request.body;
  require(!std::holds_alternative<Events>(channel->read(request, TimePoint())));
  for (const int status : {200, 400, 401, 429, 503})
    std::visit(fuzz::CanBeLogged{}, channel->judge({status, {}, request.body}));
  return 0;
}
