// The contract of an adapter: it translates one gateway's wire format, and is pure.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/http.hpp"
#include "base/secret.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle {

struct Traits {
  std::size_t longest_text = 1600;  // code points in one request
  bool inline_replies = false;      // the answer to the webhook carries the reply
  bool gateway_retries = true;      // a 503 brings the webhook again
  bool takes_reference = false;     // the gateway refuses a second message with our reference
  bool authenticated = true;        // webhooks are signed or carry a secret; if not, only loopback peers are heard
  std::chrono::milliseconds answer_within{10'000};
  std::string host;  // of api_url: "api.twilio.com", for the rule that a demo never sends for real
};

// Meta and others mix messages and receipts in one body.
struct Events {
  std::vector<InboundMessage> messages;
  std::vector<Receipt> receipts;
  std::uint32_t ignored = 0;  // understood and of no use to us
};
struct Handshake {
  HttpResponse response;
};  // a GET that proves the URL is ours
struct Rejected {
  int status = 403;  // what the stranger sees, without detail
  std::string why;   // for the log: "signature", "no signature", "fields"
};
using Webhook = std::variant<Events, Handshake, Rejected>;

struct SendContext {
  TimePoint now{};
  std::string nonce;         // randomness, drawn by the caller
  std::string callback_url;  // public URL of this channel's status hook
  std::string ref;           // our name of the message
  std::optional<Secret> token;
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual Traits traits() const = 0;
  // Verifies first, over the raw bytes and the public URL; only then decodes.
  virtual Webhook read(const HttpRequest& request, TimePoint now) const = 0;
  // The same rows give the same bytes: a repeated webhook is answered from the store.
  virtual HttpResponse answer(const Events& events, std::span<const OutboundMessage> inline_replies) const = 0;
};

}  // namespace passerelle
