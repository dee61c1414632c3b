// Fuzzes what Twilio's API answers: every answer has a meaning that can be logged, and a list of messages is read
// within bounds, with texts that can be stored and a next page on the same host.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "outcome_check.hpp"

namespace {

using namespace passerelle;
using fuzz::require;

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = "https://sms.example.org/hooks/sms";
  settings.values = {{"account", "ACdemo0000000000000000000000000001"}, {"from", "+41798070000"}};
  settings.secrets.emplace("token", Secret("token"));
  return adapters::find_gateway("twilio")->make(settings).value();
}

void check_page(const Channel& channel, const InboundPage& page) {
  require(page.messages.size() <= 1000);
  for (const InboundMessage& message : page.messages) {
    require(is_utf8(message.text) && adapters::is_plain(message.from.user, 128));
    require(adapters::is_ascii_word(message.provider_id, 64) && message.attachments.empty());
  }
  if (page.next_page.empty()) return;
  const std::string url = channel.list_inbound({TimePoint(), page.next_page}).url;
  require(
      url.starts_with("https://api.twilio.com/2010-04-01/Accounts/ACdemo0000000000000000000000000001/Messages.json?"));
}

}  // namespace

// "429 37", a status and perhaps a Retry-After, then the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(input.find('\n'), input.size());
  const std::string_view head = input.substr(0, line);
  HttpResponse response;
  std::from_chars(head.data(), head.data() + head.size(), response.status);
  response.status = std::clamp(response.status, 200, 599);
  if (const auto space = head.find(' '); space != std::string_view::npos)
    response.fields.push_back({"Retry-After", std::string(head.substr(space + 1))});
  response.body = input.substr(std::min(line + 1, input.size()));
  std::visit(fuzz::CanBeLogged{true}, channel->judge(response));
  if (const auto page = channel->read_listing(response, {TimePoint(), ""})) check_page(*channel, *page);
  return 0;
}
