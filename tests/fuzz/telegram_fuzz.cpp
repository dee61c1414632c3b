// Fuzzes the Telegram adapter: strangers' bytes are refused, and whatever bears the secret is decoded within bounds.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const std::string secret = "fiction-0123456789abcdef";

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "telegram";
  settings.callback_url = "https://bot.example.org/hooks/telegram";
  settings.secrets.emplace("token", Secret("123456789:fiction-0123456789_abcdefghijklmnopq"));
  settings.secrets.emplace("hook_secret", Secret(secret));
  return adapters::find_gateway("telegram")->make(settings).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Events& events) {
  require(events.messages.size() + events.ignored == 1 && events.receipts.empty());
  for (const InboundMessage& message : events.messages) {
    require(is_utf8(message.text));
    require(adapters::is_ascii_word(message.from.user, 20) && adapters::is_ascii_word(message.provider_id, 64));
    require(message.attachments.size() <= 8 && message.sent_at >= TimePoint());
    for (const Attachment& one : message.attachments) {
      require(one.url.starts_with("https://api.telegram.org/getFile?file_id=") && adapters::is_plain(one.url, 320));
      require(one.content_type.empty() || adapters::is_plain(one.content_type, 128));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/telegram";
  request.body = std::string(reinterpret_cast<const char*>(data), size);
  request.fields = {{"X-Telegram-Bot-Api-Secret-Token", request.body.substr(0, 256)}};
  if (request.body.substr(0, 256) != secret)
    require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())));
  request.fields = {{"X-Telegram-Bot-Api-Secret-Token", secret}};
  const Webhook webhook = channel->read(request, TimePoint(std::chrono::hours(500'000)));
  if (const auto* events = std::get_if<Events>(&webhook)) check(*events);
  return 0;
}
