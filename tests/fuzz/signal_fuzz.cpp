// Fuzzes Signal's webhook: strangers' bytes are refused, and whatever knows the path is decoded within bounds.
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "outcome_check.hpp"

namespace {

using namespace passerelle;
using fuzz::require;

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "signal";
  settings.values = {{"number", "+41790000001"}, {"receive", "webhook"}};
  settings.secrets.emplace("hook_secret", Secret("fiction-0123456789abcdef"));
  return adapters::find_gateway("signal")->make(settings).value();
}

void check(const Events& events) {
  require(events.messages.size() <= 1 && events.receipts.size() <= 1000);
  for (const InboundMessage& message : events.messages) {
    require(is_utf8(message.text));
    require(adapters::is_plain(message.from.user, 36) && adapters::is_plain(message.provider_id, 64));
    require(message.attachments.size() <= 32 && message.sent_at >= TimePoint());
    for (const Attachment& one : message.attachments) {
      require(one.url.starts_with("http://127.0.0.1:8080/v1/attachments/") && adapters::is_plain(one.url, 700));
      require(one.url.find('/', 37) == std::string::npos);
      require(one.content_type.empty() || adapters::is_plain(one.content_type, 128));
    }
  }
  for (const Receipt& receipt : events.receipts) require(adapters::is_ascii_word(receipt.provider_id, 20));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  HttpRequest request;
  request.method = "POST";
  request.body = std::string(reinterpret_cast<const char*>(data), size);
  request.target = "/hooks/signal/" + request.body.substr(0, 128);
  require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())) ||
          request.body.starts_with("fiction-0123456789abcdef"));
  request.target = "/hooks/signal/fiction-0123456789abcdef";
  const Webhook webhook = channel->read(request, TimePoint(std::chrono::hours(500'000)));
  if (const auto* events = std::get_if<Events>(&webhook)) check(*events);
  return 0;
}
