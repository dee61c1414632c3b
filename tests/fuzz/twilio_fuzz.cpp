// Fuzzes the Twilio adapter: strangers' bytes are refused, and whatever bears a good signature is decoded within bounds
// and answered with the same bytes each time.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const std::string callback = "https://sms.example.org/hooks/sms";
const std::string token = "token";

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = callback;
  settings.values = {{"account", "AC1"}, {"from", "+41798070000"}};
  settings.secrets.emplace("token", Secret(token));
  return adapters::find_gateway("twilio")->make(settings).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Channel& channel, const Events& events) {
  require(events.messages.size() + events.receipts.size() <= 1);
  OutboundMessage echo;
  for (const InboundMessage& message : events.messages) {
    require(is_utf8(message.text) && is_utf8(message.from.user));
    require(!message.provider_id.empty() && message.provider_id.size() <= 64 && message.attachments.size() <= 10);
    echo.text = message.text;
    echo.ref = message.provider_id;
  }
  for (const Receipt& receipt : events.receipts) require(receipt.ref.size() <= 64 && receipt.code.size() <= 16);
  const HttpResponse answer = channel.answer(events, {&echo, 1});
  require(is_utf8(answer.body) && answer.body == channel.answer(events, {&echo, 1}).body);
}

// The signature that Twilio would send for a form, or a raw body when its hash is in the query.
std::string sign(const std::string& after_hook, const std::string& body) {
  std::map<std::string, std::set<std::string>> parameters;
  if (after_hook.find("bodySHA256") == std::string::npos) {
    for (const HttpField& pair : parse_form(body)) parameters[pair.name].insert(pair.value);
  }
  std::string text = callback + after_hook;
  for (const auto& [key, values] : parameters) {
    for (const std::string& value : values) text.append(key).append(value);
  }
  return crypto::base64(crypto::hmac_sha1(Secret(token), text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // The first line is what follows /hooks/sms in the target, the rest is the body.
  const auto line = input.find('\n');
  HttpRequest request;
  request.method = "POST";
  const std::string after_hook(input.substr(0, line));
  request.target = "/hooks/sms" + after_hook;
  request.body = line == std::string_view::npos ? "" : input.substr(line + 1);
  request.fields = {{"X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}};
  require(std::holds_alternative<Rejected>(channel->read(request, TimePoint())));

  request.body += "&AccountSid=AC1&MessageSid=SM1&From=%2B1&To=%2B2";
  request.fields = {{"X-Twilio-Signature", sign(after_hook, request.body)}};
  const Webhook webhook = channel->read(request, TimePoint());
  if (const auto* events = std::get_if<Events>(&webhook)) check(*channel, *events);
  return 0;
}
