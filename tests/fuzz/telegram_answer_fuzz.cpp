// Fuzzes what the Bot API answers: every answer has a meaning that can be logged.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"

namespace {

using namespace passerelle;

void require(bool holds) {
  if (!holds) std::abort();
}

std::unique_ptr<Channel> make_channel() {
  adapters::ChannelSettings settings;
  settings.name = "telegram";
  settings.callback_url = "https://bot.example.org/hooks/telegram";
  settings.secrets.emplace("token", Secret("123456789:fiction-0123456789_abcdefghijklmnopq"));
  settings.secrets.emplace("hook_secret", Secret("fiction-0123456789abcdef"));
  return adapters::find_gateway("telegram")->make(settings).value();
}

struct CanBeLogged {
  void operator()(const Accepted& one) const {
    require(one.provider_id.empty() || adapters::is_ascii_word(one.provider_id, 64));
  }
  void operator()(const RetryLater& one) const {
    require(adapters::is_ascii_word(one.why, 20) && one.after.count() >= 0 && one.after.count() <= 86'400);
  }
  void operator()(const Ambiguous& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Refused& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Misconfigured& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const OptedOut&) const {}
  void operator()(const NeedsTemplate&) const {}
};

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
  std::visit(CanBeLogged{}, channel->judge(response));
  return 0;
}
