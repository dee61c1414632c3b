// take() of outbox.hpp: which messages may leave now.
#include <stdexcept>

#include "store/buttons.hpp"
#include "store/outbox.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"
#include "store/undelivered.hpp"

namespace passerelle::store {
namespace {

constexpr std::int64_t most_expired = 256;  // in one call; the rest goes with the next

void expire(Transaction& transaction, const std::string& channel, TimePoint now) {
  std::vector<OutboundId> ended;
  {
    Statement statement(transaction.database(),
                        "SELECT id FROM outbound WHERE channel = ?1 AND via = 'api' AND state = 'queued'"
                        " AND not_after <= ?2 AND leased_until IS NULL LIMIT ?3",
                        channel, now, most_expired);
    while (statement.next()) ended.push_back(statement.get<OutboundId>(0));
  }
  for (const OutboundId message : ended) {
    Statement(transaction.database(),
              "UPDATE outbound SET state = CASE WHEN resent THEN 'uncertain' ELSE 'expired' END, state_at = ?2,"
              " why = coalesce(why, 'not_after') WHERE id = ?1",
              message, now)
        .run();
    tell_undelivered(transaction, message, now);
  }
}

std::vector<std::string> parts_of(Database& database, OutboundId message) {
  Statement statement(database, "SELECT text FROM part WHERE outbound = ?1 ORDER BY number", message);
  std::vector<std::string> parts;
  while (statement.next()) parts.push_back(unseal(statement.get<std::string>(0)));
  return parts;
}

std::size_t next_part(Database& database, OutboundId message) {
  Statement statement(database, "SELECT min(number) FROM part WHERE outbound = ?1 AND state = 'queued'", message);
  const auto number = statement.next() ? statement.get<std::optional<std::int64_t>>(0) : std::nullopt;
  // Never the first one again for want of another.
  if (!number) throw std::logic_error("a queued message of which every part has left");
  return static_cast<std::size_t>(*number);
}

std::vector<OutboundId> ready(Database& database, const std::string& channel, MessageClass message_class,
                              std::size_t at_most, TimePoint now) {
  Statement statement(
      database,
      "SELECT o.id FROM outbound o WHERE o.channel = ?1 AND o.via = 'api' AND o.state = 'queued' AND o.class = ?2"
      " AND o.next_at <= ?3 AND o.leased_until IS NULL AND NOT EXISTS (SELECT 1 FROM outbound e"
      " WHERE e.address = o.address AND e.via = 'api' AND e.state = 'queued'"
      " AND (e.class < o.class OR (e.class = o.class AND e.id < o.id)))"
      " ORDER BY o.next_at, o.id LIMIT ?4",
      channel, static_cast<std::int64_t>(message_class), now, static_cast<std::int64_t>(at_most));
  std::vector<OutboundId> found;
  while (statement.next()) found.push_back(statement.get<OutboundId>(0));
  return found;
}

// What waits behind another message of its address has no turn of its own: looking again at its time would be in vain.
std::optional<TimePoint> first_in_line(Database& database, const std::string& channel, MessageClass message_class) {
  Statement statement(
      database,
      "SELECT o.next_at FROM outbound o WHERE o.channel = ?1 AND o.via = 'api' AND o.state = 'queued' AND o.class = ?2"
      " AND o.leased_until IS NULL AND NOT EXISTS (SELECT 1 FROM outbound e"
      " WHERE e.address = o.address AND e.via = 'api' AND e.state = 'queued'"
      " AND (e.class < o.class OR (e.class = o.class AND e.id < o.id))) ORDER BY o.next_at, o.id LIMIT 1",
      channel, static_cast<std::int64_t>(message_class));
  return statement.next() ? std::optional(statement.get<TimePoint>(0)) : std::nullopt;
}

Taken read_message(Database& database, OutboundId id) {
  Statement row(
      database,
      "SELECT o.ref, a.channel, a.user, o.cause, o.locale, o.text, o.encoding = 'ucs2', o.class, o.not_after,"
      " o.address, o.attempt, o.resent, o.requests, o.gloss, o.instead_of, o.buttons, o.approved FROM outbound o"
      " JOIN address a ON a.id = o.address WHERE o.id = ?1",
      id);
  if (!row.next()) throw std::logic_error("a message that was there is gone");
  Taken taken;
  OutboundMessage& message = taken.message;
  message.id = id;
  message.ref = row.get<std::string>(0);
  message.to = {row.get<std::string>(1), unseal(row.get<std::string>(2))};
  message.cause = row.get<std::string>(3);
  message.locale = row.get<std::string>(4);
  message.text = unseal(row.get<std::string>(5));
  message.encoding = row.get<bool>(6) ? Encoding::ucs2 : Encoding::gsm7;
  message.message_class = static_cast<MessageClass>(row.get<std::int64_t>(7));
  message.not_after = row.get<std::optional<TimePoint>>(8);
  message.parts = parts_of(database, id);
  if (message.parts.empty()) message.parts.push_back(message.text);
  taken.address = row.get<AddressId>(9);
  taken.attempt = row.get<std::int64_t>(10);
  taken.resent = row.get<bool>(11);
  if (const auto gloss = row.get<std::optional<std::string>>(13)) message.gloss = unseal(*gloss);
  taken.instead_of = row.get<std::optional<AddressId>>(14).value_or(AddressId{});
  if (const auto buttons = row.get<std::optional<std::string>>(15)) message.buttons = read_buttons(unseal(*buttons));
  if (const auto text = row.get<std::optional<std::string>>(16)) message.approved = read_approved(unseal(*text));
  if (row.get<std::int64_t>(12) > 1) taken.part = next_part(database, id);
  return taken;
}

}  // namespace

std::vector<Taken> take(Transaction& transaction, const std::string& channel, MessageClass highest, MessageClass lowest,
                        std::size_t at_most, TimePoint now, TimePoint leased_until) {
  Database& database = transaction.database();
  expire(transaction, channel, now);
  std::vector<Taken> taken;
  for (int each = static_cast<int>(highest); each <= static_cast<int>(lowest) && taken.size() < at_most; ++each) {
    const auto message_class = static_cast<MessageClass>(each);
    for (const OutboundId id : ready(database, channel, message_class, at_most - taken.size(), now)) {
      Statement(database, "UPDATE outbound SET leased_until = ?2, attempt = attempt + 1 WHERE id = ?1", id,
                leased_until)
          .run();
      taken.push_back(read_message(database, id));
    }
  }
  return taken;
}

std::optional<TimePoint> next_departure(Transaction& transaction, const std::string& channel, MessageClass highest,
                                        MessageClass lowest) {
  std::optional<TimePoint> next;
  for (int each = static_cast<int>(highest); each <= static_cast<int>(lowest); ++each) {
    const auto first = first_in_line(transaction.database(), channel, static_cast<MessageClass>(each));
    if (first && (!next || *first < *next)) next = first;
  }
  return next;
}

std::optional<TimePoint> next_expiry(Transaction& transaction, const std::string& channel) {
  Statement statement(transaction.database(),
                      "SELECT not_after FROM outbound WHERE channel = ?1 AND via = 'api' AND state = 'queued'"
                      " AND not_after IS NOT NULL AND leased_until IS NULL ORDER BY not_after LIMIT 1",
                      channel);
  return statement.next() ? std::optional(statement.get<TimePoint>(0)) : std::nullopt;
}

std::int64_t count_waiting(Transaction& transaction, const std::string& channel) {
  Statement statement(transaction.database(),
                      "SELECT count(*) FROM outbound WHERE channel = ?1 AND via = 'api' AND state = 'queued'", channel);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

}  // namespace passerelle::store
