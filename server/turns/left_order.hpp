// An address that staff take out of a person's order: whoever reads it is not told any more what was for the others.
#pragma once

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::turns {

// What has gone on to there and still waits is stopped, with a task; questions of appointments that are another
// address's are forgotten there.
void leave_order(store::Transaction& transaction, AddressId left, TimePoint now);

}  // namespace passerelle::turns
