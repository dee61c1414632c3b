// What the server remembers of a channel over a restart: whether it was paused, how far missed messages were fetched,
// and what it has cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ChannelState {
  std::optional<TimePoint> paused_at;     // nothing leaves; what is queued waits
  std::string why;                        // of the pause: "staff", or the gateway's code
  std::optional<TimePoint> caught_up_to;  // what reached the gateway before then has been fetched
  std::optional<TimePoint> drained_at;    // nothing that we start is queued any more; what is queued leaves
};

ChannelState load_channel_state(Transaction& transaction, const std::string& channel);
void pause_channel(Transaction& transaction, const std::string& channel, const std::string& why, TimePoint now);
// Something is wrong with our account at the gateway: paused, and the operator is told, once.
void stop_misconfigured(Transaction& transaction, const std::string& channel, const std::string& why, TimePoint now);
// Neither paused nor drained any more.
void resume_channel(Transaction& transaction, const std::string& channel);
void drain_channel(Transaction& transaction, const std::string& channel, TimePoint now);
void set_caught_up(Transaction& transaction, const std::string& channel, TimePoint until);

struct Spending {
  std::int64_t segments = 0;
  std::int64_t micros = 0;  // millionths of the channel's currency
};
// 'month' is "2027-03", of the association's calendar.
Spending spending(Transaction& transaction, const std::string& channel, const std::string& month);
void add_spending(Transaction& transaction, const std::string& channel, const std::string& month, Spending more);

}  // namespace passerelle::store
