// What follows from one attempt to hand a message to a gateway, for the message and for its channel. Pure: the clock
// and the random number are arguments. The taxonomy is channel/outcome.hpp's and base/transport.hpp's.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "base/transport.hpp"
#include "channel/outcome.hpp"
#include "domain/message.hpp"

namespace passerelle::outbox {

// --- for the message ---
struct Sent {  // by the gateway: it is sent, or this part of it
  std::string provider_id;
};
struct Wait {  // surely not taken: again from then on
  TimePoint until{};
  std::string why;
  bool untried = false;  // it was not its turn: this attempt counts for no back-off
};
struct PutBack {  // not its fault: nothing more leaves by this channel until a person has mended it
  std::string why;
};
struct Failed {  // for good
  std::string why;
};
struct StoppedThere {};  // for good, and the person wants nothing more from us
struct Uncertain {       // nobody knows whether it was taken
  std::string why;
  std::optional<TimePoint> again;  // the policy sends it once more, from then on
  bool stops_channel = false;      // nothing more leaves by this channel until a person has mended it
};
using Judgement = std::variant<Sent, Wait, PutBack, Failed, StoppedThere, Uncertain>;

// --- for the channel ---
enum class Health {
  well,     // the gateway answers for its messages, whatever it says
  unclear,  // it asks us to wait, or refuses us: no word about how it is
  ill,      // it fails, or cannot be reached
};

struct Verdict {
  Judgement message;
  Health channel = Health::well;
  std::optional<TimePoint> hold;  // the channel begins no request before then
};

struct Answered {
  Outcome outcome;
  int status = 200;
};
// The gateway no longer knows the token that the request carried, and has taken nothing.
struct TokenOver {};
using Ending = std::variant<Answered, NoResponse, TokenOver>;

// What the judge must know of the message and of the rules.
struct About {
  MessageClass message_class = MessageClass::reply;
  std::int64_t attempt = 1;            // this one, counted from 1
  bool resent = false;                 // the policy has sent it once more before
  std::optional<TimePoint> not_after;  // then it is of no use to anybody
  bool takes_reference = false;        // the gateway knows a message that it had already: sending again is safe
  bool resend_once = false;            // the operator's choice for crisis and reminder
};

// 'random' in [0, 1).
Verdict judge(const Ending& ending, const About& about, TimePoint now, double random);

// Full jitter: random × min(15 min, 5 s × 2^(attempt − 1)), never under a second.
Milliseconds back_off(std::int64_t attempt, double random);

std::string_view name_of(const Judgement& judgement);    // for the log: "sent", "wait", …
std::string_view reason_of(const Judgement& judgement);  // its code, or empty

}  // namespace passerelle::outbox
