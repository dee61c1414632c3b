#include "store/undelivered.hpp"

#include <optional>

#include "domain/message.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"

namespace passerelle::store {
namespace {

std::optional<AddressId> who_waits(Database& database, OutboundId message) {
  Statement statement(database, "SELECT address FROM outbound WHERE id = ?1 AND class <> ?2", message,
                      static_cast<std::int64_t>(MessageClass::notice));
  return statement.next() ? std::optional(statement.get<AddressId>(0)) : std::nullopt;
}

}  // namespace

void tell_undelivered(Transaction& transaction, OutboundId message, TimePoint now) {
  if (const auto address = who_waits(transaction.database(), message))
    open_task(transaction, "call_or_letter", *address, {}, now);
}

}  // namespace passerelle::store
