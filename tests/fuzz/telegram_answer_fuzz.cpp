// Fuzzes what the Bot API answers: every answer to a message has a meaning that can be logged, and every answer to a
// question for updates leads on within bounds.
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
  settings.name = "telegram";
  settings.callback_url = "https://bot.example.org/hooks/telegram";
  settings.secrets.emplace("token", Secret("123456789:fiction-0123456789_abcdefghijklmnopq"));
  settings.values = {{"receive", "polling"}};
  return adapters::find_gateway("telegram")->make(settings).value();
}

void check_next(const link::Action& action) {
  if (const auto* keep = std::get_if<link::Keep>(&action)) {
    require(!keep->messages.empty() && keep->messages.size() <= 100);
    for (const InboundMessage& message : keep->messages) {
      require(is_utf8(message.text) && adapters::is_ascii_word(message.from.user, 20));
      require(adapters::is_ascii_word(message.provider_id, 64));
    }
  } else if (const auto* rest = std::get_if<link::Rest>(&action)) {
    require(rest->time.count() >= 1 && rest->time.count() <= 86'400 && adapters::is_ascii_word(rest->why, 20));
  } else {
    require(std::get<link::Ask>(action).request.url.ends_with("/getUpdates"));
  }
}

}  // namespace

// "429", a status, then the body on the next line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = std::min(input.find('\n'), input.size());
  HttpResponse response;
  std::from_chars(input.data(), input.data() + line, response.status);
  response.status = std::clamp(response.status, 200, 599);
  response.body = input.substr(std::min(line + 1, input.size()));
  std::visit(fuzz::CanBeLogged{true}, channel->judge(response));
  const auto link = channel->open_link();
  link->next(link::Begun{}, TimePoint());
  check_next(link->next(link::Answered{response}, TimePoint(std::chrono::hours(500'000))));
  check_next(link->next(link::Kept{}, TimePoint()));
  return 0;
}
