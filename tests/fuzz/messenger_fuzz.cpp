// Fuzzes the Messenger adapter: its webhooks, and what it answers to a message of ours.
#include <cstdint>
#include <string>

#include "adapters/registry.hpp"
#include "webhook_target.hpp"

using namespace passerelle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel =
      fuzz::make_channel("messenger", {{"page", "101000000000001"}}, {"app_secret", "verify_token", "token"});
  static const fuzz::Bounds bounds{.users_are_words = true};
  const std::string body(reinterpret_cast<const char*>(data), size);
  HttpRequest request = fuzz::try_webhook(*channel, body, "X-Hub-Signature-256", fuzz::graph_signature(body), bounds);
  request.method = "GET";
  request.target += "?" + body;
  fuzz::require(!std::holds_alternative<Events>(channel->read(request, TimePoint())));
  return 0;
}
