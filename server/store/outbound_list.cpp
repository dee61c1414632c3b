#include "store/outbound_list.hpp"

#include <stdexcept>

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

Delivery parse_state(const std::string& text) {
  Delivery state = Delivery::queued;
  if (!parse_delivery(text, state)) throw std::logic_error("an outbound message without a state");
  return state;
}

// The columns in the order of the two queries below.
ListedMessage read(const Statement& row) {
  ListedMessage listed;
  listed.id = row.get<OutboundId>(0);
  listed.ref = row.get<std::string>(1);
  listed.address = row.get<AddressId>(2);
  listed.to = {row.get<std::string>(3), unseal(row.get<std::string>(4))};
  listed.cause = row.get<std::string>(5);
  listed.locale = row.get<std::string>(6);
  listed.text = unseal(row.get<std::string>(7));
  listed.encoding = row.get<bool>(8) ? Encoding::ucs2 : Encoding::gsm7;
  listed.segments = row.get<std::int64_t>(9);
  listed.message_class = static_cast<MessageClass>(row.get<std::int64_t>(10));
  listed.state = parse_state(row.get<std::string>(11));
  listed.why = row.get<std::string>(12);
  listed.created = row.get<TimePoint>(13);
  listed.since = row.get<TimePoint>(14);
  listed.not_after = row.get<std::optional<TimePoint>>(15);
  if (listed.state == Delivery::queued) listed.next_at = row.get<std::optional<TimePoint>>(16);
  listed.attempts = row.get<std::int64_t>(17);
  listed.on_its_way = row.get<bool>(18);
  listed.requests = row.get<std::int64_t>(19);
  listed.requests_taken = row.get<std::int64_t>(20);
  if (const auto gloss = row.get<std::optional<std::string>>(21)) listed.gloss = unseal(*gloss);
  if (const auto user = row.get<std::optional<std::string>>(23))
    listed.instead_of = Address{row.get<std::string>(22), unseal(*user)};
  listed.because = row.get<std::string>(24);
  return listed;
}

// ",queued,failed,": what SQLite can look a word up in without a list of parameters.
std::string in_commas(const std::vector<Delivery>& states) {
  if (states.empty()) return {};
  std::string words = ",";
  for (const Delivery state : states) words += std::string(to_string(state)) + ",";
  return words;
}

}  // namespace

std::vector<ListedMessage> newest_messages(Transaction& transaction, const MessageFilter& filter) {
  Statement statement(transaction.database(),
                      "SELECT o.id, o.ref, o.address, a.channel, a.user, o.cause, o.locale, o.text,"
                      " o.encoding = 'ucs2', o.segments, o.class, o.state, o.why, o.created_at, o.state_at,"
                      " o.not_after, o.next_at, o.attempt, o.leased_until IS NOT NULL, o.requests,"
                      " (SELECT count(*) FROM part p WHERE p.outbound = o.id AND o.requests > 1"
                      " AND p.state NOT IN ('queued', 'uncertain')), o.gloss, b.channel, b.user, o.because"
                      " FROM outbound o JOIN address a ON a.id = o.address"
                      " LEFT JOIN address b ON b.id = o.instead_of"
                      " WHERE o.id > (SELECT coalesce(max(id), 0) - 100000 FROM outbound)"
                      " AND (?1 = '' OR instr(?1, ',' || o.state || ',') > 0) AND (?2 IS NULL OR o.address = ?2)"
                      " ORDER BY o.id DESC LIMIT ?3",
                      in_commas(filter.states), filter.address, filter.limit);
  std::vector<ListedMessage> messages;
  while (statement.next()) messages.push_back(read(statement));
  return messages;
}

std::optional<ListedMessage> find_message(Transaction& transaction, OutboundId message) {
  Statement statement(transaction.database(),
                      "SELECT o.id, o.ref, o.address, a.channel, a.user, o.cause, o.locale, o.text,"
                      " o.encoding = 'ucs2', o.segments, o.class, o.state, o.why, o.created_at, o.state_at,"
                      " o.not_after, o.next_at, o.attempt, o.leased_until IS NOT NULL, o.requests,"
                      " (SELECT count(*) FROM part p WHERE p.outbound = o.id AND o.requests > 1"
                      " AND p.state NOT IN ('queued', 'uncertain')), o.gloss, b.channel, b.user, o.because"
                      " FROM outbound o JOIN address a ON a.id = o.address LEFT JOIN address b ON b.id = o.instead_of"
                      " WHERE o.id = ?1",
                      message);
  return statement.next() ? std::optional(read(statement)) : std::nullopt;
}

std::vector<OutboundId> messages_named(Transaction& transaction, const std::string& ref) {
  // Refs are lower-case hex digits, and 'g' follows 'f': the unique index finds the beginning.
  Statement statement(transaction.database(),
                      "SELECT id FROM outbound WHERE ref >= ?1 AND ref < ?1 || 'g' ORDER BY ref LIMIT 2", ref);
  std::vector<OutboundId> found;
  while (statement.next()) found.push_back(statement.get<OutboundId>(0));
  return found;
}

std::vector<std::string> receipts_of(Transaction& transaction, OutboundId message) {
  Statement statement(transaction.database(),
                      "SELECT state, code FROM receipt WHERE outbound = ?1 ORDER BY id LIMIT 20", message);
  std::vector<std::string> receipts;
  while (statement.next()) {
    const std::string code = statement.get<std::string>(1);
    receipts.push_back(statement.get<std::string>(0) + (code.empty() ? "" : " " + code));
  }
  return receipts;
}

std::string gloss_of(Transaction& transaction, OutboundId message) {
  Statement statement(transaction.database(), "SELECT gloss FROM outbound WHERE id = ?1", message);
  const auto sealed = statement.next() ? statement.get<std::optional<std::string>>(0) : std::nullopt;
  return sealed ? unseal(*sealed) : std::string();
}

Ahead waiting_ahead(Transaction& transaction, const std::string& channel, MessageClass message_class) {
  Statement statement(transaction.database(),
                      "SELECT count(*), total(segments) FROM outbound"
                      " WHERE channel = ?1 AND via = 'api' AND state = 'queued' AND class <= ?2",
                      channel, static_cast<std::int64_t>(message_class));
  if (!statement.next()) return {};
  return {statement.get<std::int64_t>(0), statement.get<std::int64_t>(1)};
}

WaitingFor waiting_for(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT count(*), total(leased_until IS NOT NULL) FROM outbound"
                      " WHERE address = ?1 AND via = 'api' AND state = 'queued'",
                      address);
  if (!statement.next()) return {};
  return {statement.get<std::int64_t>(0), statement.get<std::int64_t>(1)};
}

std::vector<TextOnPhone> texts_on_phone(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT state_at, state, text FROM outbound"
                      " WHERE id > (SELECT coalesce(max(id), 0) - 200000 FROM outbound) AND address = ?1"
                      " AND (state IN ('sent', 'delivered', 'read', 'uncertain')"
                      " OR (state = 'queued' AND leased_until IS NOT NULL)) ORDER BY id DESC",
                      address);
  std::vector<TextOnPhone> texts;
  while (statement.next()) {
    texts.push_back({statement.get<TimePoint>(0), parse_state(statement.get<std::string>(1)),
                     unseal(statement.get<std::string>(2))});
  }
  return texts;
}

}  // namespace passerelle::store
