// Fuzzes the conversation with a mail server: whatever it says, the conversation ends, its outcome can be logged,
// neither the password nor the text is told before TLS, and nobody's address breaks out of its line.
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
  settings.name = "mail";
  settings.values = {{"host", "mail.example.org"}, {"from", "bot@asso.example"}, {"subject", "s"}, {"username", "bot"}};
  settings.secrets.emplace("password", Secret("fiction"));
  return adapters::find_gateway("smtp")->make(settings).value();
}

bool is_word(const std::string& why) { return adapters::is_plain(why, 20); }

struct CanBeLogged {
  void operator()(const Accepted& one) const { require(one.provider_id.empty()); }
  void operator()(const RetryLater& one) const { require(is_word(one.why)); }
  void operator()(const Ambiguous& one) const { require(is_word(one.why)); }
  void operator()(const Refused& one) const { require(is_word(one.why)); }
  void operator()(const Misconfigured& one) const { require(is_word(one.why)); }
  void operator()(const OptedOut&) const { std::abort(); }
  void operator()(const NeedsTemplate&) const { std::abort(); }
};

void check_said(const std::string& said, bool secured, bool is_text) {
  if (said.empty()) return;
  require(said.ends_with("\r\n"));
  if (!secured) require(said.starts_with("EHLO ") || said.starts_with("HELO ") || said == "STARTTLS\r\n");
  if (!is_text) require(said.find('\n') == said.size() - 1);
}

}  // namespace

// The first line is the recipient; of the rest, each 0x00 ends what arrives at once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = make_channel();
  std::string_view input(reinterpret_cast<const char*>(data), size);
  OutboundMessage message;
  message.ref = "0123456789abcdef0123456789abcdef";
  const auto line = std::min(input.find('\n'), input.size());
  message.to = {"mail", std::string(input.substr(0, line))};
  message.text = std::string(input.substr(0, 200));
  input.remove_prefix(std::min(line + 1, input.size()));
  const auto handover = channel->open_handover(message, TimePoint(std::chrono::hours(500'000)));
  handover::Event event = handover::Begun{};
  bool secured = false;
  for (bool ended = false;;) {
    const handover::Action action = handover->next(event);
    if (const auto* over = std::get_if<handover::Over>(&action)) return std::visit(CanBeLogged{}, over->outcome), 0;
    require(!ended);
    if (const auto* talk = std::get_if<handover::Talk>(&action)) {
      check_said(talk->bytes, secured, talk->bytes.starts_with("Date: "));
      const auto end = std::min(input.find('\0'), input.size());
      ended = input.empty();
      event = ended ? handover::Event(handover::Broken{"reset"}) : handover::Arrived{std::string(input.substr(0, end))};
      input.remove_prefix(std::min(end + 1, input.size()));
    } else if (std::holds_alternative<handover::Secure>(action)) {
      secured = true;
      event = handover::Secured{};
    } else {
      event = handover::Connected{};
    }
  }
}
