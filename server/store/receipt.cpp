// record_receipt of outbound.hpp, and receipts.hpp.
#include <optional>
#include <stdexcept>
#include <vector>

#include "store/channel_silence.hpp"
#include "store/channel_state.hpp"
#include "store/conversation.hpp"
#include "store/outbound.hpp"
#include "store/outbox.hpp"
#include "store/receipts.hpp"
#include "store/statement.hpp"
#include "store/undelivered.hpp"

namespace passerelle::store {
namespace {

struct Subject {
  OutboundId id;
  Delivery state = Delivery::queued;
  AddressId address;
};

std::optional<Subject> read(Statement& statement) {
  if (!statement.next()) return std::nullopt;
  Subject subject{statement.get<OutboundId>(0), Delivery::queued, statement.get<AddressId>(2)};
  if (!parse_delivery(statement.get<std::string>(1), subject.state))
    throw std::runtime_error("an unknown delivery state");
  return subject;
}

// Only messages of the channel that the receipt came through: another gateway's callback moves nothing.
std::optional<Subject> find_by_ref(Database& database, const std::string& ref, const std::string& channel) {
  Statement statement(database,
                      "SELECT o.id, o.state, o.address FROM outbound o JOIN address a ON a.id = o.address"
                      " WHERE o.ref = ?1 AND a.channel = ?2",
                      ref, channel);
  return read(statement);
}

std::optional<Subject> find_by_provider_id(Database& database, const std::string& provider_id,
                                           const std::string& channel) {
  Statement statement(database,
                      "SELECT o.id, o.state, o.address FROM outbound o JOIN address a ON a.id = o.address"
                      " WHERE o.provider_id = ?1 AND a.channel = ?2",
                      provider_id, channel);
  return read(statement);
}

std::optional<Subject> find(Database& database, const Receipt& receipt, const std::string& channel) {
  std::optional<Subject> subject;
  if (!receipt.ref.empty()) subject = find_by_ref(database, receipt.ref, channel);
  if (!subject && !receipt.provider_id.empty()) subject = find_by_provider_id(database, receipt.provider_id, channel);
  return subject;
}

std::optional<std::string_view> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

// An inline reply learns the gateway's id from its first receipt; later receipts may name it by that alone.
void learn_provider_id(Database& database, const Subject& subject, const Receipt& receipt) {
  if (receipt.provider_id.empty() || receipt.part || !receipt.part_id.empty()) return;
  Statement(database, "UPDATE outbound SET provider_id = ?2 WHERE id = ?1 AND provider_id IS NULL", subject.id,
            receipt.provider_id)
      .run();
}

// A message that left in several requests has arrived when all of its parts have, failed when one has, and is sent when
// the gateway is known to have all of them, whatever became of our answers.
std::optional<Delivery> state_of_parts(Database& database, const Subject& subject, const Receipt& receipt) {
  Statement(database,
            "UPDATE part SET state = ?3 WHERE outbound = ?1 AND number = ?2 AND state <> 'delivered'"
            " AND NOT (state = 'failed' AND ?3 = 'sent')",
            subject.id, static_cast<std::int64_t>(*receipt.part), to_string(receipt.state))
      .run();
  Statement count(database,
                  "SELECT count(*), total(state = 'delivered'), total(state = 'failed'),"
                  " total(state IN ('queued', 'uncertain')) FROM part WHERE outbound = ?1",
                  subject.id);
  count.next();
  if (count.get<std::int64_t>(2) > 0) return Delivery::failed;
  if (count.get<std::int64_t>(1) == count.get<std::int64_t>(0)) return Delivery::delivered;
  if (count.get<std::int64_t>(3) == 0) return Delivery::sent;
  return std::nullopt;
}

// The gateway has parted the text and does not number the parts: those that came so far are counted by its names for
// them, so that a report which comes twice counts once; those of its series (Receipt::part_id), so that a gateway which
// calls two webhooks has not delivered two parts.
bool is_last_of_named_parts(Database& database, const Subject& subject, const Receipt& receipt) {
  const std::string series = receipt.part_id.substr(0, receipt.part_id.find('/') + 1);
  Statement row(database,
                "SELECT segments, (SELECT count(DISTINCT part_id) FROM receipt WHERE outbound = ?1"
                " AND state IN ('delivered', ?4) AND part_id <> ?2"
                " AND substr(part_id, 1, instr(part_id, '/')) = ?3) FROM outbound WHERE id = ?1",
                subject.id, receipt.part_id, series, to_string(receipt.state));
  return row.next() && row.get<std::int64_t>(1) + 1 >= row.get<std::int64_t>(0);
}

// One part says nothing of the others: the gateway may have refused them. It may fail the whole, but never send it.
std::optional<Delivery> state_of_named_parts(Database& database, const Subject& subject, const Receipt& receipt) {
  const bool fails = receipt.state == Delivery::failed;
  return fails || is_last_of_named_parts(database, subject, receipt) ? std::optional(receipt.state) : std::nullopt;
}

// Where the message goes by this receipt, if anywhere.
std::optional<Delivery> goes_to(Database& database, const Subject& subject, const Receipt& receipt) {
  std::optional<Delivery> state = receipt.state;
  if (receipt.part) state = state_of_parts(database, subject, receipt);
  if (!receipt.part_id.empty()) state = state_of_named_parts(database, subject, receipt);
  return state && allowed(subject.state, *state) ? state : std::nullopt;
}

// It has arrived: what was to tell the same to another address of the person does not leave any more.
void stop_next(Transaction& transaction, OutboundId message, TimePoint now) {
  Statement statement(transaction.database(),
                      "SELECT cause FROM outbound WHERE id = ?1 AND substr(cause, 1, 3) <> 'in:'", message);
  if (!statement.next()) return;
  const std::string cause = statement.get<std::string>(0);
  stop_outbound_about(transaction, cause.substr(0, cause.find('>')) + '>', "arrived_elsewhere", now);
}

bool apply(Transaction& transaction, const Subject& subject, const Receipt& receipt, TimePoint now) {
  Database& database = transaction.database();
  learn_provider_id(database, subject, receipt);
  const std::optional<Delivery> state = goes_to(database, subject, receipt);
  if (!state) return false;
  Statement(database,
            "UPDATE outbound SET state = ?2, state_at = ?3, leased_until = NULL, why = nullif(?4, '') WHERE id = ?1",
            subject.id, to_string(*state), now, receipt.code)
      .run();
  if (*state == Delivery::failed) tell_undelivered(transaction, subject.id, now);
  if (*state == Delivery::delivered || *state == Delivery::read) stop_next(transaction, subject.id, now);
  return true;
}

// What else a receipt says. The channel stops for what is new: Meta repeats a webhook for days, and an operator may
// have mended the account meanwhile.
void heed(Transaction& transaction, const Subject& subject, const Receipt& receipt, const std::string& channel,
          bool moved, TimePoint now) {
  if (receipt.opted_out) record_opt_out(transaction, subject.address, now);
  if (receipt.misconfigured && moved) stop_misconfigured(transaction, channel, receipt.code, now);
}

void keep(Database& database, const Receipt& receipt, OutboundId message, const std::string& channel, bool moved,
          TimePoint now) {
  Statement(database,
            "INSERT INTO receipt (outbound, channel, ref, provider_id, state, code, moved, at, part_id, opted_out,"
            " misconfigured) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            message, channel, unless_empty(receipt.ref), unless_empty(receipt.provider_id), to_string(receipt.state),
            unless_empty(receipt.code), moved, now, unless_empty(receipt.part_id), receipt.opted_out,
            receipt.misconfigured)
      .run();
}

struct Early {
  std::int64_t id = 0;
  Receipt receipt;
};

std::vector<Early> early_receipts(Database& database, const std::string& channel, const std::string& provider_id) {
  Statement row(database,
                "SELECT id, state, code, part_id, opted_out, misconfigured FROM receipt WHERE channel = ?1 AND "
                "provider_id = ?2 AND "
                "outbound IS NULL"
                " ORDER BY id LIMIT 100",
                channel, provider_id);
  std::vector<Early> found;
  while (row.next()) {
    Early early{row.get<std::int64_t>(0), {"", provider_id, Delivery::sent, row.get<std::string>(2)}};
    early.receipt.part_id = row.get<std::string>(3);
    early.receipt.opted_out = row.get<std::int64_t>(4) != 0;
    early.receipt.misconfigured = row.get<std::int64_t>(5) != 0;
    if (parse_delivery(row.get<std::string>(1), early.receipt.state)) found.push_back(std::move(early));
  }
  return found;
}

}  // namespace

bool record_receipt(Transaction& transaction, const Receipt& receipt, const std::string& channel, TimePoint now) {
  Database& database = transaction.database();
  note_receipt(transaction, channel, now);
  const std::optional<Subject> subject = find(database, receipt, channel);
  const bool moved = subject && apply(transaction, *subject, receipt, now);
  if (subject) heed(transaction, *subject, receipt, channel, moved, now);
  keep(database, receipt, subject ? subject->id : OutboundId{}, channel, moved, now);
  return moved;
}

void join_early_receipts(Transaction& transaction, OutboundId message, const std::string& channel,
                         const std::string& provider_id, TimePoint now) {
  if (provider_id.empty()) return;
  Database& database = transaction.database();
  for (const Early& early : early_receipts(database, channel, provider_id)) {
    const std::optional<Subject> subject = find_by_provider_id(database, provider_id, channel);
    const bool moved = subject && apply(transaction, *subject, early.receipt, now);
    if (subject) heed(transaction, *subject, early.receipt, channel, moved, now);
    Statement(database, "UPDATE receipt SET outbound = ?2, moved = ?3 WHERE id = ?1", early.id, message, moved).run();
  }
}

}  // namespace passerelle::store
