// Fuzzes the Viber adapter: its webhooks, and what it answers to a message of ours.
#include <cstdint>
#include <string>

#include "adapters/registry.hpp"
#include "base/crypto.hpp"
#include "webhook_target.hpp"

using namespace passerelle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<Channel> channel = fuzz::make_channel("viber", {{"sender", "s"}}, {"token"});
  static const fuzz::Bounds bounds{64, 20, 1};
  const std::string body(reinterpret_cast<const char*>(data), size);
  fuzz::try_webhook(*channel, body, "X-Viber-Content-Signature",
                    crypto::hex(crypto::hmac_sha256(Secret("secret"), body)), bounds);
  return 0;
}
