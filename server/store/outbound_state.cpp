#include "store/outbound_state.hpp"

#include <stdexcept>

#include "store/statement.hpp"

namespace passerelle::store {

namespace {

std::optional<OutboundState> read(Statement& statement) {
  if (!statement.next()) return std::nullopt;
  OutboundState found{statement.get<OutboundId>(0), Delivery::queued, statement.get<TimePoint>(2),
                      statement.get<std::string>(3)};
  if (!parse_delivery(statement.get<std::string>(1), found.state))
    throw std::logic_error("an outbound message without a state");
  return found;
}

}  // namespace

std::optional<OutboundState> find_outbound(Transaction& transaction, const std::string& cause) {
  Statement statement(transaction.database(), "SELECT id, state, state_at, why FROM outbound WHERE cause = ?1", cause);
  return read(statement);
}

std::optional<OutboundState> find_last_outbound(Transaction& transaction, const std::string& cause) {
  // '?' follows '>': the unique index finds them.
  Statement statement(transaction.database(),
                      "SELECT id, state, state_at, why FROM outbound WHERE cause = ?1"
                      " OR (cause > ?1 || '>' AND cause < ?1 || '?') ORDER BY id DESC LIMIT 1",
                      cause);
  return read(statement);
}

bool has_left(Transaction& transaction, const std::string& prefix) {
  std::string beyond = prefix;
  ++beyond.back();
  Statement statement(transaction.database(),
                      "SELECT 1 FROM outbound WHERE cause >= ?1 AND cause < ?2 AND (leased_until IS NOT NULL"
                      " OR state IN ('sent', 'delivered', 'read', 'uncertain')) LIMIT 1",
                      prefix, beyond);
  return statement.next();
}

}  // namespace passerelle::store
