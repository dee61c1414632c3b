// What gateways say later about messages that they took. record_receipt() stands in outbound.hpp.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// Receipts may overtake the answer that gives us the gateway's id: those that were kept for it are applied, in order.
void join_early_receipts(Transaction& transaction, OutboundId message, const std::string& channel,
                         const std::string& provider_id, TimePoint now);

}  // namespace passerelle::store
