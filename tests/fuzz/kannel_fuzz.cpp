// Fuzzes the Kannel adapter: nobody is heard without the secret, and whatever comes with it is decoded within bounds
// and acknowledged without a word.
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

const std::string secret = "fiction-0123456789abcd";

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "kannel";
  settings.callback_url = "http://127.0.0.1:8080/hooks/kannel";
  settings.values = {{"username", "u"}, {"from", "+33639980099"}};
  settings.secrets.emplace("hook_secret", Secret(secret));
  settings.secrets.emplace("password", Secret("p"));
  return adapters::find_gateway("kannel")->make(settings).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  return line;
}

void check(const Channel& channel, const Events& events) {
  require(events.messages.size() + events.receipts.size() + events.ignored == 1);
  for (const InboundMessage& message : events.messages) {
    require(is_utf8(message.text) && adapters::is_plain(message.from.user, 128));
    require(adapters::is_ascii_word(message.provider_id, 64) && message.sent_at <= TimePoint());
  }
  for (const Receipt& receipt : events.receipts) {
    require(adapters::is_ascii_word(receipt.ref, 64) && receipt.code.size() <= 25 && receipt.part.value_or(0) < 255);
  }
  require(channel.answer(events, {}).body.empty());
}

}  // namespace

// "GET ?id=…" or "POST ?id=…", fields ("X-Kannel-From: +33…"), an empty line, the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string_view first = take_line(rest);
  HttpRequest request;
  request.method = first.substr(0, first.find(' '));
  const std::string after(first.substr(std::min(first.size(), request.method.size() + 1)));
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const auto colon = std::min(line.find(": "), line.size());
    request.fields.push_back(
        {std::string(line.substr(0, colon)), std::string(line.substr(std::min(line.size(), colon + 2)))});
  }
  request.body = rest;

  request.target = "/hooks/kannel/fiction-0123456789abcx" + after;
  require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())));
  request.target = "/hooks/kannel/" + secret + after;
  const Webhook webhook = channel->read(request, TimePoint());
  if (const auto* events = std::get_if<Events>(&webhook)) check(*channel, *events);
  (void)channel->judge({400 + static_cast<int>(size % 4), {}, request.body});
  return 0;
}
