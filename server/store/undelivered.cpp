#include "store/undelivered.hpp"

#include <optional>

#include "domain/message.hpp"
#include "store/due.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"

namespace passerelle::store {
namespace {

std::optional<AddressId> who_waits(Database& database, OutboundId message) {
  Statement statement(database, "SELECT address FROM outbound WHERE id = ?1 AND class <> ?2", message,
                      static_cast<std::int64_t>(MessageClass::notice));
  return statement.next() ? std::optional(statement.get<AddressId>(0)) : std::nullopt;
}

// Replies stay where the person wrote.
bool has_order(Database& database, OutboundId message) {
  Statement statement(database,
                      "SELECT 1 FROM outbound o JOIN channel_order c ON c.address = o.address WHERE o.id = ?1"
                      " AND o.state = 'failed' AND o.via = 'api' AND substr(o.cause, 1, 3) <> 'in:'",
                      message);
  return statement.next();
}

// Reads nothing else of the contact: a damaged row must not hold up the queue.
bool is_discreet(Database& database, AddressId address) {
  Statement statement(database, "SELECT discreet FROM contact WHERE address = ?1", address);
  return statement.next() && statement.get<bool>(0);
}

}  // namespace

void reach_otherwise(Transaction& transaction, AddressId address, InboundId inbound, TimePoint now) {
  const bool discreet = is_discreet(transaction.database(), address);
  open_task(transaction, discreet ? "private" : "call_or_letter", address, inbound, now);
}

void tell_undelivered(Transaction& transaction, OutboundId message, TimePoint now) {
  if (has_order(transaction.database(), message)) return add_due(transaction, {now, undelivered_due, message.value});
  if (const auto address = who_waits(transaction.database(), message)) reach_otherwise(transaction, *address, {}, now);
}

}  // namespace passerelle::store
