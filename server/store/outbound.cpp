#include "store/outbound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "store/buttons.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::string_view name_of(Encoding encoding) { return encoding == Encoding::gsm7 ? "gsm7" : "ucs2"; }
std::string_view name_of(Via via) { return via == Via::api ? "api" : "inline"; }

// One segment that is the whole text is not written twice.
bool in_one_piece(const OutboundMessage& message) {
  return message.parts.size() == 1 && message.parts.front() == message.text;
}

void insert_part(Database& database, OutboundId message, std::int64_t number, const std::string& text) {
  const std::string sealed = seal(text);
  Statement(database, "INSERT INTO part (outbound, number, text, state) VALUES (?1, ?2, ?3, 'queued')", message, number,
            Blob{sealed})
      .run();
}

std::vector<std::string> parts_of(Database& database, OutboundId message) {
  Statement statement(database, "SELECT text FROM part WHERE outbound = ?1 ORDER BY number", message);
  std::vector<std::string> parts;
  while (statement.next()) parts.push_back(unseal(statement.get<std::string>(0)));
  return parts;
}

std::string prefix_of(InboundId inbound) { return fmt::format("in:{}:", inbound.value); }

}  // namespace

void insert_outbound(Transaction& transaction, AddressId address, OutboundMessage& message, const Departure& departure,
                     TimePoint now) {
  if (message.ref.empty() || message.cause.empty())
    throw std::invalid_argument("an outbound message without ref or cause");
  Database& database = transaction.database();
  const std::string text = seal(message.text);
  const std::string gloss = seal(message.gloss);
  const std::string buttons = message.buttons.list.empty() ? std::string() : seal(write_buttons(message.buttons));
  const std::string approved = message.approved ? seal(write_approved(*message.approved)) : std::string();
  const bool by_api = departure.via == Via::api;
  const std::optional<std::string_view> channel =
      by_api ? std::optional<std::string_view>(message.to.channel) : std::nullopt;
  const std::optional<TimePoint> next =
      by_api ? std::optional(departure.not_before ? *departure.not_before : now) : std::nullopt;
  const std::optional<std::string_view> why =
      departure.why.empty() ? std::nullopt : std::optional<std::string_view>(departure.why);
  Statement(database,
            "INSERT INTO outbound (ref, cause, address, locale, encoding, text, segments, via, state, created_at,"
            " state_at, leased_until, class, channel, not_after, next_at, why, gloss, instead_of, because, buttons,"
            " approved)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'queued', ?9, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " nullif(?18, ''), ?19, ?20)",
            lent, message.ref, message.cause, address, message.locale, name_of(message.encoding), Blob{text},
            static_cast<std::int64_t>(message.parts.size()), name_of(departure.via), now, departure.leased_until,
            static_cast<std::int64_t>(message.message_class), channel, message.not_after, next, why,
            message.gloss.empty() ? std::nullopt : std::optional(Blob{gloss}), departure.instead_of, departure.because,
            buttons.empty() ? std::nullopt : std::optional(Blob{buttons}),
            approved.empty() ? std::nullopt : std::optional(Blob{approved}))
      .run();
  message.id = OutboundId{database.last_id()};
  if (by_api) transaction.note_outbound(message.to.channel);
  if (in_one_piece(message)) return;
  for (std::size_t number = 0; number < message.parts.size(); ++number) {
    insert_part(database, message.id, static_cast<std::int64_t>(number), message.parts[number]);
  }
}

bool has_outbound(Transaction& transaction, const std::string& cause) {
  Statement statement(transaction.database(), "SELECT 1 FROM outbound WHERE cause = ?1", cause);
  return statement.next();
}

std::vector<OutboundMessage> inline_replies_of(Transaction& transaction, InboundId inbound) {
  Database& database = transaction.database();
  const std::string prefix = prefix_of(inbound);
  // The unique index on 'cause' finds them: ';' follows ':'. in:7:10 comes after in:7:9 because it is longer.
  Statement statement(
      database,
      "SELECT o.id, o.ref, a.channel, a.user, o.cause, o.locale, o.text, o.encoding = 'ucs2', o.segments"
      " FROM outbound o JOIN address a ON a.id = o.address"
      " WHERE o.cause > ?1 AND o.cause < ?2 AND o.via = 'inline' ORDER BY length(o.cause), o.cause",
      prefix, prefix.substr(0, prefix.size() - 1) + ';');
  std::vector<OutboundMessage> replies;
  while (statement.next()) {
    OutboundMessage& reply = replies.emplace_back();
    reply.id = statement.get<OutboundId>(0);
    reply.ref = statement.get<std::string>(1);
    reply.to = {statement.get<std::string>(2), unseal(statement.get<std::string>(3))};
    reply.cause = statement.get<std::string>(4);
    reply.locale = statement.get<std::string>(5);
    reply.text = unseal(statement.get<std::string>(6));
    reply.encoding = statement.get<bool>(7) ? Encoding::ucs2 : Encoding::gsm7;
    reply.parts = parts_of(database, reply.id);
    if (reply.parts.empty() && statement.get<std::int64_t>(8) == 1) reply.parts.push_back(reply.text);
  }
  return replies;
}

namespace {

// Now and then, so that a start has few to look at. Whose lease has been over for so long will be confirmed by nobody.
void look_after_unconfirmed(Transaction& transaction, TimePoint now) {
  constexpr std::chrono::minutes lost_after{5};
  Statement(transaction.database(),
            "UPDATE outbound SET state = 'uncertain', state_at = ?1, leased_until = NULL"
            " WHERE id > (SELECT up_to FROM confirmed_replies) AND via = 'inline' AND state = 'queued'"
            " AND leased_until < ?2",
            now, now - lost_after)
      .run();
  Statement(transaction.database(),
            "UPDATE confirmed_replies SET up_to = coalesce((SELECT min(id) - 1 FROM outbound WHERE id > up_to"
            " AND via = 'inline' AND state = 'queued'), (SELECT max(id) FROM outbound), 0)")
      .run();
}

}  // namespace

// The replies of one batch follow each other, and one statement for them costs half of one each. OR FAIL: a statement
// that fails half-way is undone with its job, so that SQLite needs to keep no copies for it.
void mark_inline_sent(Transaction& transaction, const std::vector<OutboundId>& messages, TimePoint now) {
  constexpr std::int64_t look_every = 4096;
  std::vector<OutboundId> in_order = messages;
  std::ranges::sort(in_order, {}, &OutboundId::value);
  for (std::size_t first = 0, last = 0; first < in_order.size(); first = ++last) {
    while (last + 1 < in_order.size() && in_order[last + 1].value - in_order[last].value <= 1) ++last;
    Statement(transaction.database(),
              "UPDATE OR FAIL outbound SET state = 'sent', state_at = ?3, leased_until = NULL"
              " WHERE id BETWEEN ?1 AND ?2 AND via = 'inline' AND state IN ('queued', 'uncertain')",
              in_order[first], in_order[last], now)
        .run();
  }
  const auto is_round = [](OutboundId message) { return message.value % look_every == 0; };
  if (std::ranges::any_of(messages, is_round)) look_after_unconfirmed(transaction, now);
}

void mark_inline_uncertain(Transaction& transaction, const std::vector<OutboundId>& messages, TimePoint now) {
  for (const OutboundId message : messages) {
    Statement(transaction.database(),
              "UPDATE outbound SET state = 'uncertain', state_at = ?2, leased_until = NULL"
              " WHERE id = ?1 AND via = 'inline' AND state = 'queued'",
              message, now)
        .run();
  }
}

std::int64_t void_inline_leases(Transaction& transaction, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE outbound SET state = 'uncertain', state_at = ?1, leased_until = NULL"
            " WHERE id > (SELECT up_to FROM confirmed_replies) AND via = 'inline' AND state = 'queued'",
            now)
      .run();
  const std::int64_t voided = transaction.database().changes();
  Statement(transaction.database(), "UPDATE confirmed_replies SET up_to = coalesce((SELECT max(id) FROM outbound), 0)")
      .run();
  return voided;
}

OutboundCounts count_outbound(Transaction& transaction) {
  Statement statement(transaction.database(),
                      "SELECT count(*), total(state = 'queued'), total(state = 'sent'), total(state = 'uncertain')"
                      " FROM outbound");
  statement.next();
  return {statement.get<std::int64_t>(0), statement.get<std::int64_t>(1), statement.get<std::int64_t>(2),
          statement.get<std::int64_t>(3)};
}

}  // namespace passerelle::store
