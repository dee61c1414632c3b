#include "store/outbound_state.hpp"

#include <stdexcept>

#include "store/statement.hpp"

namespace passerelle::store {

std::optional<OutboundState> find_outbound(Transaction& transaction, const std::string& cause) {
  Statement statement(transaction.database(), "SELECT id, state, state_at, why FROM outbound WHERE cause = ?1", cause);
  if (!statement.next()) return std::nullopt;
  OutboundState found{statement.get<OutboundId>(0), Delivery::queued, statement.get<TimePoint>(2),
                      statement.get<std::string>(3)};
  if (!parse_delivery(statement.get<std::string>(1), found.state))
    throw std::logic_error("an outbound message without a state");
  return found;
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
