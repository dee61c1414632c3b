#include "store/inbound.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "store/address.hpp"
#include "store/alias.hpp"
#include "store/attachment.hpp"
#include "store/inbound_attachments.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::string_view name_of(InboundMessage::Kind kind) {
  switch (kind) {
    case InboundMessage::Kind::text: return "text";
    case InboundMessage::Kind::missed_call: return "missed_call";
    case InboundMessage::Kind::location: return "location";
    case InboundMessage::Kind::media: return "media";
  }
  return "text";
}

InboundMessage::Kind parse_kind(std::string_view name) {
  using Kind = InboundMessage::Kind;
  for (const Kind kind : {Kind::text, Kind::missed_call, Kind::location, Kind::media}) {
    if (name_of(kind) == name) return kind;
  }
  throw std::runtime_error("an inbound message of an unknown kind");
}

// False: the gateway's id was there already.
bool insert(Database& database, const InboundMessage& message, const std::string& provider_id, AddressId address,
            TimePoint now) {
  const std::string text = seal(message.text);
  const std::optional<std::string> attachments = seal_attachments(message.attachments);
  const std::optional<Blob> attached = attachments ? std::optional(Blob{*attachments}) : std::nullopt;
  Statement(
      database,
      "INSERT INTO inbound (channel, provider_id, address, kind, text, attachments, sent_at, received_at, payload,"
      " state, done_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ''), 'processed', ?8)"
      " ON CONFLICT (channel, provider_id) DO NOTHING",
      lent, message.from.channel, provider_id, address, name_of(message.kind), Blob{text}, attached, message.sent_at,
      now, message.payload)
      .run();
  return database.changes() == 1;
}

// A message that is new, with what it shows.
Remembered added(Transaction& transaction, const InboundMessage& message, const HeardFrom& from, TimePoint now) {
  const InboundId id{transaction.database().last_id()};
  add_attachments(transaction, id, from.id, message, now);
  return {id, from.id, false, from.has_contact, from.has_invitations};
}

bool is_known(Database& database, const InboundMessage& message) {
  Statement row(database, "SELECT 1 FROM inbound WHERE channel = ?1 AND provider_id = ?2", message.from.channel,
                message.provider_id);
  return row.next();
}

Remembered find(Database& database, const InboundMessage& message, const std::string& provider_id) {
  Statement statement(database, "SELECT id, address FROM inbound WHERE channel = ?1 AND provider_id = ?2",
                      message.from.channel, provider_id);
  if (!statement.next()) throw std::logic_error("an inbound message that was there is gone");
  return {statement.get<InboundId>(0), statement.get<AddressId>(1), true};
}

}  // namespace

Remembered remember(Transaction& transaction, const InboundMessage& message, TimePoint now) {
  if (message.provider_id.empty()) throw std::invalid_argument("an inbound message without the gateway's id");
  Database& database = transaction.database();
  // A repeat teaches nothing: it may be days old, and the number another's by now.
  if (!message.also.empty() && is_known(database, message)) return find(database, message, message.provider_id);
  const HeardFrom from = address_of_sender(transaction, message, now);
  const AddressId address = from.id;
  if (insert(database, message, message.provider_id, address, now)) return added(transaction, message, from, now);
  const Remembered repeated = find(database, message, message.provider_id);
  if (repeated.address == address) return repeated;
  // A gateway that gives two senders the same id: nobody is answered with what another person was told.
  const std::string own_id = message.provider_id + "#" + std::to_string(address.value);
  if (insert(database, message, own_id, address, now)) return added(transaction, message, from, now);
  return find(database, message, own_id);
}

void mark_processed(Transaction& transaction, InboundId inbound, TimePoint now) {
  Statement(transaction.database(), "UPDATE inbound SET state = 'processed', why = NULL, done_at = ?2 WHERE id = ?1",
            inbound, now)
      .run();
}

void mark_stuck(Transaction& transaction, InboundId inbound, const std::string& why, TimePoint now) {
  Statement(transaction.database(), "UPDATE inbound SET state = 'stuck', why = ?2, done_at = ?3 WHERE id = ?1", inbound,
            why, now)
      .run();
}

// The task says where its messages begin, and the address's others between them are told apart by their state. One that
// time opened (without a message) begins when it was opened.
std::vector<StuckInbound> stuck_inbound(Transaction& transaction, TaskId task, std::int64_t limit) {
  Statement row(
      transaction.database(),
      "SELECT i.id, i.address, i.channel, a.user, i.kind, i.provider_id, i.text, i.attachments, i.sent_at, i.payload"
      " FROM task t JOIN inbound i ON i.id BETWEEN coalesce(t.inbound, 1) AND t.last_inbound"
      " JOIN address a ON a.id = i.address WHERE t.id = ?1 AND i.address = t.address AND i.state = 'stuck'"
      " AND i.received_at >= t.opened ORDER BY i.id LIMIT ?2",
      task, limit);
  std::vector<StuckInbound> found;
  while (row.next()) {
    StuckInbound& stuck = found.emplace_back();
    stuck.id = row.get<InboundId>(0);
    stuck.address = row.get<AddressId>(1);
    InboundMessage& message = stuck.message;
    message.from = {row.get<std::string>(2), unseal(row.get<std::string>(3))};
    message.kind = parse_kind(row.get<std::string>(4));
    message.provider_id = row.get<std::string>(5);
    message.text = unseal(row.get<std::string>(6));
    if (const auto sealed = row.get<std::optional<std::string>>(7)) message.attachments = read_attachments(*sealed);
    message.sent_at = row.get<TimePoint>(8);
    message.payload = row.get<std::optional<std::string>>(9).value_or("");
  }
  return found;
}

InboundCounts count_inbound(Transaction& transaction) {
  Statement statement(transaction.database(),
                      "SELECT count(*), total(state = 'processed'), total(state = 'stuck') FROM inbound");
  statement.next();
  return {statement.get<std::int64_t>(0), statement.get<std::int64_t>(1), statement.get<std::int64_t>(2)};
}

}  // namespace passerelle::store
