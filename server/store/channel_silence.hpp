// Whether a gateway still tells what becomes of the messages that it takes. One that has gone silent may have lost them
// all: what we start goes to people's next address, where they have one, until it tells something again.
#pragma once

#include <chrono>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

// So many people in a row without a word: single telephones are switched off for days.
inline constexpr std::int64_t overdue_until_silent = 5;
// For so many times the channel's own time limit nothing new goes there; then it is tried again.
inline constexpr int limits_until_tried_again = 4;

// Of one more message nothing was told in time. The operator is told when that makes the channel silent.
void note_overdue(Transaction& transaction, const std::string& channel, AddressId address, TimePoint now);
// It has told something, of whatever message.
void note_receipt(Transaction& transaction, const std::string& channel, TimePoint now);
// 'limit': the channel's receipt_minutes; 0: it is never silent, because nothing is expected of it.
bool is_silent(Transaction& transaction, const std::string& channel, std::chrono::minutes limit, TimePoint now);

}  // namespace passerelle::store
