// One look at a channel's queue: what may leave now is leased to us, and when to look again is told.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "channel/channel.hpp"
#include "outbox/token_bucket.hpp"
#include "store/outbox.hpp"
#include "store/transaction.hpp"

namespace passerelle::outbox {

// How many requests may be begun.
struct Room {
  std::size_t all = 0;
  std::size_t lower = 0;          // of them, for what is less urgent than a reply
  std::optional<TimePoint> from;  // none before then: the gateway asked us to wait, or fails
  bool lacks_token = false;       // none before the gateway has given us one
};

struct Look {
  std::vector<store::Taken> taken;  // the most urgent first; leased
  std::optional<TimePoint> next;    // when to look again; nothing: when something new is told, or a request has ended
  bool waits_for_token = false;     // something could leave now, if there were one
  bool wants_token = false;         // …and one may be asked for
  bool paused = false;              // by a person or by a gateway that refused us: nothing is taken
  TokenBucket bucket;               // charged with what was taken
};

// Asked of each message right before it leaves, in the transaction that leases it: hours may have passed since it was
// queued, and a night begun, or a STOP come. False: whoever was asked has put it back for later, or taken it back for
// good.
using MayLeave = std::function<bool(store::Transaction&, const store::Taken&, TimePoint now)>;

// Whose queue it is.
struct Queue {
  const Channel& channel;
  const std::string& name;
  const MayLeave& may_leave;
};

// A paused channel, or one without room, still lets expire what has passed its end.
Look look(store::Transaction& transaction, const Queue& queue, const Room& room, TokenBucket bucket, TimePoint now);

}  // namespace passerelle::outbox
