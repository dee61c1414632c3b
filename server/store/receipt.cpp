// record_receipt of outbound.hpp: what a gateway says later about a message that it took.
#include <optional>
#include <stdexcept>

#include "store/outbound.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

struct Subject {
  OutboundId id;
  Delivery state = Delivery::queued;
};

std::optional<Subject> read(Statement& statement) {
  if (!statement.next()) return std::nullopt;
  Subject subject{statement.get<OutboundId>(0), Delivery::queued};
  if (!parse_delivery(statement.get<std::string>(1), subject.state))
    throw std::runtime_error("an unknown delivery state");
  return subject;
}

// Only messages of the channel that the receipt came through: another gateway's callback moves nothing.
std::optional<Subject> find_by_ref(Database& database, const std::string& ref, const std::string& channel) {
  Statement statement(database,
                      "SELECT o.id, o.state FROM outbound o JOIN address a ON a.id = o.address"
                      " WHERE o.ref = ?1 AND a.channel = ?2",
                      ref, channel);
  return read(statement);
}

std::optional<Subject> find_by_provider_id(Database& database, const std::string& provider_id,
                                           const std::string& channel) {
  Statement statement(database,
                      "SELECT o.id, o.state FROM outbound o JOIN address a ON a.id = o.address"
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
void learn_provider_id(Database& database, OutboundId message, const std::string& provider_id) {
  Statement(database, "UPDATE outbound SET provider_id = ?2 WHERE id = ?1 AND provider_id IS NULL", message,
            provider_id)
      .run();
}

void move(Database& database, OutboundId message, Delivery state, TimePoint now) {
  Statement(database, "UPDATE outbound SET state = ?2, state_at = ?3, leased_until = NULL WHERE id = ?1", message,
            to_string(state), now)
      .run();
}

void keep(Database& database, const Receipt& receipt, OutboundId message, const std::string& channel, bool moved,
          TimePoint now) {
  Statement(database,
            "INSERT INTO receipt (outbound, channel, ref, provider_id, state, code, moved, at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            message, channel, unless_empty(receipt.ref), unless_empty(receipt.provider_id), to_string(receipt.state),
            unless_empty(receipt.code), moved, now)
      .run();
}

}  // namespace

bool record_receipt(Transaction& transaction, const Receipt& receipt, const std::string& channel, TimePoint now) {
  Database& database = transaction.database();
  const std::optional<Subject> subject = find(database, receipt, channel);
  const bool moved = subject && allowed(subject->state, receipt.state);
  if (subject && !receipt.provider_id.empty()) learn_provider_id(database, subject->id, receipt.provider_id);
  if (moved) move(database, subject->id, receipt.state, now);
  keep(database, receipt, subject ? subject->id : OutboundId{}, channel, moved, now);
  return moved;
}

}  // namespace passerelle::store
