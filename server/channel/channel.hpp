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
#include "base/reach.hpp"
#include "base/result.hpp"
#include "channel/handover.hpp"
#include "channel/link.hpp"
#include "channel/media.hpp"
#include "channel/outcome.hpp"
#include "channel/probe.hpp"
#include "channel/sign_in.hpp"
#include "domain/message.hpp"

namespace passerelle {

struct Traits {
  std::size_t longest_text = 1600;  // code points in one request
  bool inline_replies = false;      // the answer to the webhook carries the reply
  bool gateway_retries = true;      // a 503 brings the webhook again
  bool takes_reference = false;     // the gateway refuses a second message with our reference
  bool telephones = false;    // its addresses are phone numbers, but for those of other services ("whatsapp:+41…")
  bool authenticated = true;  // webhooks are signed or carry a secret; if not, only loopback peers are heard
  std::chrono::milliseconds answer_within{10'000};
  // Of a webhook, in bytes: gateways that send batches need more.
  std::size_t longest_body = 64 * 1024;
  bool sends = false;          // write() and judge() work: messages can leave on our own account
  bool lists_inbound = false;  // list_inbound() works: what was missed during an outage can be fetched
  bool links = false;          // open_link() works: it brings messages by asking, where nobody can call us
  std::string place;        // "mail.example.org:587": open_handover() stands for write() and judge(), and speaks there
  std::string api_url;      // where requests go: "https://api.twilio.com"; empty: nowhere
  std::string sign_in_url;  // where a token is asked for that requests to api_url carry; empty: they carry none
  std::string host;         // of api_url or place: "api.twilio.com", for the rule that a demo never sends for real
  // Messages' sent_at is by a clock that is right to minutes: a service's, not a telephone's. Only then is a message
  // late.
  bool true_clock = true;
  // How long after a person's last message they may be written to in free words; 0: always.
  std::chrono::hours window{0};
  bool hears = true;     // people can write to us by it
  bool receipts = true;  // it tells that a message has arrived, not only that it was taken
  Reach media;           // where attachments are fetched from; empty: this gateway's are not
  // A message shows on the phone who we are before anybody has opened it: a profile with a name and a picture, a
  // sender's name. Not for people whose phone is read by somebody else (domain/contact.hpp).
  bool names_us = false;
  ButtonLimits buttons = {};  // that it can show; what does not fit is sent as numbered text, as ever
};

// traits.media; of a gateway on this machine (its stand-in in tests and demonstrations, or a relay) only what is on
// this machine, too: a demonstration reaches nobody.
Reach reach_of_media(const Traits& traits);

// Meta and others mix messages and receipts in one body.
struct Events {
  std::vector<InboundMessage> messages;
  std::vector<Receipt> receipts;
  std::uint32_t ignored = 0;  // understood and of no use to us
  // Who has stopped us at the gateway, otherwise than by a message or in a receipt.
  std::vector<Address> opted_out = {};
  std::string pressed = {};  // the gateway's name for a press that it wants confirmed in the answer, or empty
};
struct Handshake {
  HttpResponse response;
};  // a GET that proves the URL is ours
struct Rejected {
  int status = 403;  // what the stranger sees, without detail
  std::string why;   // for the log: "signature", "no signature", "fields"
};
using Webhook = std::variant<Events, Handshake, Rejected>;

// What the gateway has received for us: a page of it.
struct InboundQuery {
  TimePoint since{};      // messages that reached the gateway from then on
  std::string next_page;  // as the page before told it; empty: the first
};
struct InboundPage {
  std::vector<InboundMessage> messages;
  std::string next_page;  // empty: this was the last
};

class Channel {
 public:
  virtual ~Channel() = default;
  virtual Traits traits() const = 0;
  // Verifies first, over the raw bytes and the public URL; only then decodes.
  virtual Webhook read(const HttpRequest& request, TimePoint now) const = 0;
  // The same rows give the same bytes: a repeated webhook is answered from the store.
  virtual HttpResponse answer(const Events& events, std::span<const OutboundMessage> inline_replies) const = 0;

  // The rest is for channels that send: traits().sends.
  // How many requests carry the message: one, or one for each of message.parts, where the gateway would part it
  // wrongly.
  virtual std::size_t requests(const OutboundMessage& message) const;
  // The request that hands over the message or, of several, its part (counted from 0). It asks for receipts under
  // message.ref, and tells the gateway message.not_after where that understands it.
  virtual OutgoingRequest write(const OutboundMessage& message, std::size_t part, TimePoint now) const;
  virtual Outcome judge(const HttpResponse& response) const;
  // …and these for channels whose requests carry a token that ends: traits().sign_in_url. Their write() leaves its
  // place open. The outbox asks before it takes a message, by one request at a time; keeps the token in memory only;
  // and asks again shortly before its end, and after a 401, which means that the token is over and nothing was taken.
  // Until there is one, messages wait in the queue. A gateway that refuses two tokens in a row is judged by its answer.
  virtual OutgoingRequest sign_in(TimePoint now) const;
  virtual SignInAnswer read_sign_in(const HttpResponse& response) const;
  virtual void add_token(OutgoingRequest& request, const Secret& token) const;
  // …or, where traits().place is not empty, one conversation instead of these three. The channel outlives it.
  virtual std::unique_ptr<Handover> open_handover(const OutboundMessage& message, TimePoint now) const;

  // …and these for channels that list: traits().lists_inbound. An error is a page that cannot be read, for the log.
  virtual OutgoingRequest list_inbound(const InboundQuery& query) const;
  virtual result<InboundPage> read_listing(const HttpResponse& response, const InboundQuery& query) const;

  // …and this for channels that ask for their messages: traits().links. A fresh one for each run; the channel outlives
  // it.
  virtual std::unique_ptr<Link> open_link() const;

  // …and these for channels whose attachments are fetched: traits().media. The request that begins it; nothing: the
  // attachment is at none of these places. 'asked' requests for it were answered before 'response'.
  virtual std::optional<OutgoingRequest> ask_media(const Attachment& attachment) const;
  virtual media::Answer read_media(const Attachment& attachment, std::size_t asked, HttpResponse response) const;
  // Texts that the gateway has approved, for people outside of traits().window; as they were configured.
  virtual std::vector<ApprovedText> approved_texts() const;

  // …and these for 'channel test'. A harmless request that only a gateway which knows our account answers well;
  // nothing: this gateway has none.
  virtual std::optional<OutgoingRequest> probe() const;
  virtual Diagnosis explain(const HttpResponse& response) const;  // of a probe's answer
  // Nothing: no secret is shared with this gateway, or it never calls us.
  virtual std::optional<Knocks> knocks(TimePoint now) const;
};

}  // namespace passerelle
