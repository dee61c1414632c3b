// Fuzzes the gateway of configurations from both sides. Strangers' bytes are refused, what bears a good proof is
// decoded within bounds, and an answer of any shape is judged. And a block of TOML, whatever stands in it, is a plan or
// findings at a place.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/block.hpp"
#include "adapters/generic/plan.hpp"
#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const std::string secret = "hook-0123456789abcdef0123";
constexpr TimePoint now{std::chrono::milliseconds(1'800'000'000'000)};

adapters::ChannelSettings settings(const std::string& preset) {
  adapters::ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = "https://sms.example.org/hooks/sms";
  settings.values = {{"account", "a"}, {"from", "+41798070000"}, {"api_url", "https://api.example.org"}};
  if (!preset.empty()) settings.values["preset"] = preset;
  for (const std::string key : {"api_key", "api_secret", "consumer_key", "signing_key"})
    settings.secrets.emplace(key, Secret(key));
  settings.secrets.emplace("hook_secret", Secret(secret));
  return settings;
}

std::unique_ptr<Channel> make(const std::string& preset) {
  return adapters::find_gateway("generic")->make(settings(preset)).value();
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Webhook& webhook) {
  const auto* events = std::get_if<Events>(&webhook);
  if (events == nullptr) return;
  for (const InboundMessage& message : events->messages) {
    require(is_utf8(message.text) && is_utf8(message.from.user));
    require(!message.provider_id.empty() && message.provider_id.size() <= 128 && message.attachments.size() <= 10);
    require(message.sent_at <= now);
  }
  for (const Receipt& receipt : events->receipts) {
    require(receipt.ref.size() <= 64 && receipt.provider_id.size() <= 128 && receipt.code.size() <= 40);
    require(!receipt.ref.empty() || !receipt.provider_id.empty());
  }
}

// Whatever a gateway calls a token can stand in a header, and ends nowhere else.
void check_token(const Channel& channel, const HttpResponse& answer) {
  channel.explain(answer);
  const SignInAnswer read = channel.read_sign_in(answer);
  const auto* token = std::get_if<Token>(&read);
  if (token == nullptr) return;
  require(token->lifetime >= std::chrono::seconds(0) && !token->secret.empty());
  OutgoingRequest request{"POST", "https://api.example.org/", {}, ""};
  channel.add_token(request, token->secret);
  require(request.fields.size() == 1 && request.url.size() == 24 && request.body.empty());
  for (const char c : request.fields[0].value) require(c >= ' ' && c < '\x7F');
}

void read_webhooks(std::string_view input) {
  static const std::vector<std::unique_ptr<Channel>> open = [] {
    std::vector<std::unique_ptr<Channel>> made;
    for (const std::string name : {"infobip", "africastalking", "clickatell", "octopush", "orange", "ecall"})
      made.push_back(make(name));
    return made;
  }();
  static const std::unique_ptr<Channel> tokens = make("messagebird");
  const auto line = input.find('\n');
  HttpRequest request;
  request.method = "POST";
  request.target = "/hooks/sms/" + secret + std::string(input.substr(0, line));
  request.body = line == std::string_view::npos ? "" : input.substr(line + 1);
  for (const auto& channel : open) check(channel->read(request, now));
  request.method = "GET";
  for (const auto& channel : open) check(channel->read(request, now));
  request.fields = {{"MessageBird-Signature-JWT", request.body}};
  require(std::holds_alternative<Rejected>(tokens->read(request, now)));
  HttpResponse answer;
  answer.status = 200;
  answer.body = request.body;
  for (const auto& channel : open) channel->judge(answer);
  for (const auto& channel : open) {
    if (!channel->traits().sign_in_url.empty()) check_token(*channel, answer);
  }
}

void read_block(std::string_view input) {
  Findings findings;
  const auto block = adapters::parse_block("p.toml", std::string(input), findings);
  if (!block) return require(!findings.empty());
  adapters::ChannelSettings described = settings("");
  described.tables = *block;
  const adapters::Gateway& gateway = *adapters::find_gateway("generic");
  const Findings told = gateway.check(described);
  for (const Finding& finding : told) require(!finding.what.empty());
  const auto made = gateway.make(described);
  require(!made || told.empty());
  if (!made) return;
  OutboundMessage message;
  message.ref = "0123456789abcdef0123456789abcdef";
  message.to.user = "+41791234567";
  message.text = "\"\\\n<&>";
  const OutgoingRequest sent = (*made)->write(message, 0, now);
  require(sent.url.starts_with("https://api.example.org"));
}

}  // namespace

// The first byte chooses the side.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'T')
    read_block(input);
  else
    read_webhooks(input);
  return 0;
}
