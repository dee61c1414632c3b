// The queue of messages that leave on our own account: what may be sent now, and what became of it. The rows are the
// queue; whoever sends holds only what it has leased.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "domain/message.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// A message that is leased to us, to make one request for it.
struct Taken {
  OutboundMessage message;
  AddressId address;
  std::size_t part = 0;      // the first part that has not left
  std::int64_t attempt = 1;  // this one, counted from 1
  bool resent = false;       // the policy has sent it again before
  AddressId instead_of{};    // the person's address where the same was to go, or went in vain
};

// What may leave now: within an address first come, first served in a class, and a higher class first, so that what
// waits for a back-off holds up its own and the lower classes of that address only. Among addresses by class, then by
// the time from which it may leave. What has passed its not_after expires here and is not taken; one that the policy
// had sent again becomes uncertain instead, because its first sending may have arrived.
std::vector<Taken> take(Transaction& transaction, const std::string& channel, MessageClass highest, MessageClass lowest,
                        std::size_t at_most, TimePoint now, TimePoint leased_until);
// The earliest time at which take() may find something more of these classes: a back-off or a hold that ends. Those
// that are leased, and those that wait behind another message of their address, are not looked at.
std::optional<TimePoint> next_departure(Transaction& transaction, const std::string& channel,
                                        MessageClass highest = MessageClass::crisis,
                                        MessageClass lowest = MessageClass::notice);
std::optional<TimePoint> next_expiry(Transaction& transaction, const std::string& channel);  // take() expires it then
std::int64_t count_waiting(Transaction& transaction, const std::string& channel);            // queued, leased or not

// One request of a message that goes out in 'requests' of them (1: the message as a whole).
struct Attempt {
  OutboundId message;
  std::size_t part = 0;
  std::size_t requests = 1;
};

// The gateway took it. After the last part the message is sent; receipts that came before are joined. Not a move if a
// receipt has moved it further already.
void mark_accepted(Transaction& transaction, const Attempt& attempt, const std::string& channel,
                   const std::string& provider_id, TimePoint now);
// Surely not taken: again from 'next' on, or when it expires, if that is earlier.
void mark_waiting(Transaction& transaction, OutboundId message, const std::string& why, TimePoint next);
// Not its own fault (the channel is wrongly set up, the rules hold it): as if it had not been tried; again from 'next'
// on.
void put_back(Transaction& transaction, OutboundId message, const std::string& why, TimePoint next);
// The rules do not let it leave any more: 'state' is expired or stopped, or uncertain when the policy had sent it again
// and its first sending may have arrived. Somebody must reach_otherwise().
void withdraw(Transaction& transaction, OutboundId message, Delivery state, const std::string& why, TimePoint now);
// For good. A task "call_or_letter" opens for what a person waits for.
void mark_failed(Transaction& transaction, OutboundId message, const std::string& why, TimePoint now);
// Nobody knows whether it was taken. It is not sent again by itself; a receipt may still tell.
void mark_uncertain(Transaction& transaction, const Attempt& attempt, const std::string& why, TimePoint now);
// The policy sends an uncertain one once more; false when it had its second time already, or is not uncertain.
bool send_again_once(Transaction& transaction, OutboundId message, TimePoint now);
// A person decides to: uncertain, failed or expired becomes queued, with a new end. False: it is in no such state.
bool send_again(Transaction& transaction, OutboundId message, std::optional<TimePoint> not_after, TimePoint now);
// What has not left, and is not on its way, is stopped. False: it is in no such state.
bool stop_outbound(Transaction& transaction, OutboundId message, const std::string& why, TimePoint now);

// The same for all that is about one thing: their causes begin with 'prefix' ("inv:12:"). What is on its way stops when
// it comes back without having left: it is not tried again.
void stop_outbound_about(Transaction& transaction, const std::string& prefix, const std::string& why, TimePoint now);
// The same for all that is for one person, of this class and below, also what has gone on from one address of their
// order to another one: they want nothing more that we start. How many,
// those that are on their way included; somebody must reach_otherwise() when there was any.
std::int64_t stop_outbound_to(Transaction& transaction, AddressId address, MessageClass from, const std::string& why,
                              TimePoint now);

// At a start every lease is void: requests that an earlier run may have made.
struct Leased {
  Attempt attempt;
  std::string channel;
  MessageClass message_class = MessageClass::reply;
};
std::vector<Leased> leased_by_earlier_run(Transaction& transaction);

}  // namespace passerelle::store
