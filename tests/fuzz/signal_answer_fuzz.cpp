// Fuzzes what signal-cli-rest-api answers: to a message, and to the question for messages.
#include <algorithm>
#include <charconv>
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
  settings.name = "signal";
  settings.values = {{"number", "+41790000001"}};
  return adapters::find_gateway("signal")->make(settings).value();
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
  std::visit(fuzz::CanBeLogged{}, channel->judge(response));

  const auto link = channel->open_link();
  link->next(link::Begun{}, TimePoint());
  link::Action action = link->next(link::Answered{response}, TimePoint(std::chrono::hours(500'000)));
  while (const auto* keep = std::get_if<link::Keep>(&action)) {
    require(keep->messages.size() <= 100 && !(keep->messages.empty() && keep->receipts.empty()));
    action = link->next(link::Kept{}, TimePoint());
  }
  if (const auto* rest = std::get_if<link::Rest>(&action)) require(adapters::is_ascii_word(rest->why, 20));
  return 0;
}
