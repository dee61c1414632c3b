#include "store/outbox.hpp"

#include <stdexcept>

#include "store/receipts.hpp"
#include "store/statement.hpp"
#include "store/undelivered.hpp"

namespace passerelle::store {
namespace {

Delivery state_of(Database& database, OutboundId message) {
  Statement statement(database, "SELECT state FROM outbound WHERE id = ?1", message);
  Delivery state = Delivery::queued;
  if (!statement.next() || !parse_delivery(statement.get<std::string>(0), state))
    throw std::logic_error("an outbound message without a state");
  return state;
}

// True when the message took the state.
bool move(Database& database, OutboundId message, Delivery to, const std::string& why, TimePoint now) {
  if (!allowed(state_of(database, message), to)) return false;
  Statement(database,
            "UPDATE outbound SET state = ?2, state_at = ?3, leased_until = NULL, why = nullif(?4, '') WHERE id = ?1",
            message, to_string(to), now, why)
      .run();
  return true;
}

void release(Database& database, OutboundId message) {
  Statement(database, "UPDATE outbound SET leased_until = NULL WHERE id = ?1", message).run();
}

void accept_part(Database& database, const Attempt& attempt, const std::string& provider_id) {
  Statement(database,
            "UPDATE part SET state = 'sent', provider_id = nullif(?3, '') WHERE outbound = ?1 AND number = ?2"
            " AND state IN ('queued', 'uncertain')",
            attempt.message, static_cast<std::int64_t>(attempt.part), provider_id)
      .run();
  Statement(database,
            "UPDATE outbound SET requests = ?2, leased_until = NULL, attempt = 0,"
            " why = CASE WHEN stop_at IS NOT NULL OR state <> 'queued' THEN why END WHERE id = ?1",
            attempt.message, static_cast<std::int64_t>(attempt.requests))
      .run();
}

// Of a message that may have arrived once nobody says that it was stopped: 'resent' keeps it uncertain, here and below.
// What was stopped while it was on its way has come back without having left (whole): it does not leave again.
void stop_if_asked(Database& database, OutboundId message) {
  Statement(database,
            "UPDATE outbound SET state = CASE WHEN resent THEN 'uncertain' ELSE 'stopped' END, state_at = stop_at"
            " WHERE id = ?1 AND state = 'queued'"
            " AND stop_at IS NOT NULL",
            message)
      .run();
}

bool parts_wait(Database& database, OutboundId message) {
  Statement statement(database, "SELECT 1 FROM part WHERE outbound = ?1 AND state = 'queued' LIMIT 1", message);
  return statement.next();
}

}  // namespace

void mark_accepted(Transaction& transaction, const Attempt& attempt, const std::string& channel,
                   const std::string& provider_id, TimePoint now) {
  Database& database = transaction.database();
  if (attempt.requests > 1) {
    accept_part(database, attempt, provider_id);
    if (parts_wait(database, attempt.message)) {
      stop_if_asked(database, attempt.message);
      return transaction.note_outbound(channel);
    }
  } else if (!provider_id.empty()) {
    Statement(database, "UPDATE outbound SET provider_id = ?2 WHERE id = ?1", attempt.message, provider_id).run();
  }
  if (!move(database, attempt.message, Delivery::sent, "", now)) release(database, attempt.message);
  join_early_receipts(transaction, attempt.message, channel, provider_id, now);
}

void mark_waiting(Transaction& transaction, OutboundId message, const std::string& why, TimePoint next) {
  Statement(transaction.database(),
            "UPDATE outbound SET leased_until = NULL, next_at = min(?2, coalesce(not_after, ?2)),"
            " why = CASE WHEN stop_at IS NULL THEN ?3 ELSE why END WHERE id = ?1 AND state = 'queued'",
            message, next, why)
      .run();
  stop_if_asked(transaction.database(), message);
}

void put_back(Transaction& transaction, OutboundId message, const std::string& why, TimePoint next) {
  Statement(transaction.database(),
            "UPDATE outbound SET leased_until = NULL, next_at = ?2, attempt = attempt - 1,"
            " why = CASE WHEN stop_at IS NULL THEN ?3 ELSE why END WHERE id = ?1 AND state = 'queued'",
            message, next, why)
      .run();
  stop_if_asked(transaction.database(), message);
}

void withdraw(Transaction& transaction, OutboundId message, Delivery state, const std::string& why, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE outbound SET state = CASE WHEN resent THEN 'uncertain' ELSE ?2 END, state_at = ?3,"
            " leased_until = NULL, why = ?4 WHERE id = ?1 AND state = 'queued'",
            message, to_string(state), now, why)
      .run();
  if (transaction.database().changes() > 0) tell_undelivered(transaction, message, now);
}

void mark_failed(Transaction& transaction, OutboundId message, const std::string& why, TimePoint now) {
  Database& database = transaction.database();
  if (move(database, message, Delivery::failed, why, now))
    tell_undelivered(transaction, message, now);
  else
    release(database, message);
}

void mark_uncertain(Transaction& transaction, const Attempt& attempt, const std::string& why, TimePoint now) {
  Database& database = transaction.database();
  if (!move(database, attempt.message, Delivery::uncertain, why, now)) return release(database, attempt.message);
  Statement(database, "UPDATE outbound SET requests = ?2 WHERE id = ?1", attempt.message,
            static_cast<std::int64_t>(attempt.requests))
      .run();
  if (attempt.requests > 1) {
    Statement(database, "UPDATE part SET state = 'uncertain' WHERE outbound = ?1 AND number = ?2 AND state = 'queued'",
              attempt.message, static_cast<std::int64_t>(attempt.part))
        .run();
  }
}

namespace {

// Its uncertain part first, and those after it; what has left stays.
void queue_again(Transaction& transaction, OutboundId message, TimePoint now) {
  Database& database = transaction.database();
  Statement(database, "UPDATE part SET state = 'queued' WHERE outbound = ?1 AND state IN ('uncertain', 'failed')",
            message)
      .run();
  // Staff send again what has left in all its parts: the whole of it.
  if (!parts_wait(database, message))
    Statement(database, "UPDATE part SET state = 'queued' WHERE outbound = ?1", message).run();
  Statement(database,
            "UPDATE outbound SET state = 'queued', state_at = ?2, next_at = ?2, leased_until = NULL, attempt = 0,"
            " channel = (SELECT a.channel FROM address a WHERE a.id = address), via = 'api', why = NULL WHERE id = ?1",
            message, now)
      .run();
  Statement row(database, "SELECT channel FROM outbound WHERE id = ?1", message);
  if (row.next()) transaction.note_outbound(row.get<std::string>(0));
}

}  // namespace

bool send_again_once(Transaction& transaction, OutboundId message, TimePoint now) {
  Database& database = transaction.database();
  Statement(database,
            "UPDATE outbound SET resent = 1 WHERE id = ?1 AND state = 'uncertain' AND resent = 0 AND stop_at IS NULL",
            message)
      .run();
  if (database.changes() == 0) return false;
  queue_again(transaction, message, now);
  return true;
}

bool send_again(Transaction& transaction, OutboundId message, std::optional<TimePoint> not_after, TimePoint now) {
  Database& database = transaction.database();
  Statement(database,
            "UPDATE outbound SET not_after = ?2, stop_at = NULL, resent = resent OR state = 'uncertain'"
            " WHERE id = ?1 AND state IN ('uncertain', 'failed', 'expired')",
            message, not_after)
      .run();
  if (database.changes() == 0) return false;
  queue_again(transaction, message, now);
  return true;
}

bool stop_outbound(Transaction& transaction, OutboundId message, const std::string& why, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE outbound SET state = CASE WHEN resent THEN 'uncertain' ELSE 'stopped' END, state_at = ?2, why = ?3"
            " WHERE id = ?1 AND via = 'api' AND state = 'queued' AND leased_until IS NULL",
            message, now, why)
      .run();
  return transaction.database().changes() > 0;
}

void stop_outbound_about(Transaction& transaction, const std::string& prefix, const std::string& why, TimePoint now) {
  std::string beyond = prefix;
  ++beyond.back();
  Statement(transaction.database(),
            "UPDATE outbound SET stop_at = ?3, why = ?4, state = CASE WHEN leased_until IS NOT NULL THEN state"
            " WHEN resent THEN 'uncertain' ELSE 'stopped' END, state_at = CASE WHEN leased_until IS NULL THEN ?3 ELSE "
            "state_at END"
            " WHERE cause >= ?1 AND cause < ?2 AND via = 'api' AND state = 'queued'",
            prefix, beyond, now, why)
      .run();
}

std::int64_t stop_outbound_to(Transaction& transaction, AddressId address, MessageClass from, const std::string& why,
                              TimePoint now) {
  Statement(
      transaction.database(),
      "UPDATE outbound SET stop_at = ?3, why = ?4, state = CASE WHEN leased_until IS NOT NULL THEN state"
      " WHEN resent THEN 'uncertain' ELSE 'stopped' END, state_at = CASE WHEN leased_until IS NULL THEN ?3 ELSE "
      "state_at END"
      " WHERE (address = ?1 OR instead_of IS NOT NULL AND address IN (SELECT other.address FROM channel_order here"
      " JOIN channel_order other ON other.person = here.person WHERE here.address = ?1))"
      " AND class >= ?2 AND via = 'api' AND state = 'queued'",
      address, static_cast<std::int64_t>(from), now, why)
      .run();
  const std::int64_t stopped = transaction.database().changes();
  if (stopped > 0) reach_otherwise(transaction, address, {}, now);
  return stopped;
}

std::vector<Leased> leased_by_earlier_run(Transaction& transaction) {
  // '+': the few that are leased are found by their index and then put in order, not all messages looked at in order.
  Statement row(transaction.database(),
                "SELECT o.id, o.channel, o.class, o.requests, CASE WHEN o.requests > 1 THEN (SELECT min(p.number)"
                " FROM part p WHERE p.outbound = o.id AND p.state = 'queued') END FROM outbound o"
                " WHERE o.leased_until IS NOT NULL AND o.via = 'api' AND o.state = 'queued' ORDER BY +o.id");
  std::vector<Leased> found;
  while (row.next()) {
    Leased& leased = found.emplace_back();
    leased.attempt = {row.get<OutboundId>(0), static_cast<std::size_t>(row.get<std::int64_t>(4)),
                      static_cast<std::size_t>(row.get<std::int64_t>(3))};
    leased.channel = row.get<std::string>(1);
    leased.message_class = static_cast<MessageClass>(row.get<std::int64_t>(2));
  }
  return found;
}

}  // namespace passerelle::store
