// What time will bring: rows (at, kind, ref) that schedule runs when they are due.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct Due {
  TimePoint at{};
  std::string kind;      // remind.two_days, remind.two_hours
  std::int64_t ref = 0;  // what it is about, by kind: an invitation

  friend bool operator==(const Due&, const Due&) = default;
};

void add_due(Transaction& transaction, const Due& due);  // one that is there already stays
void remove_due(Transaction& transaction, const Due& due);
void remove_due_of(Transaction& transaction, const std::string& kind, std::int64_t ref);
std::vector<Due> due_of(Transaction& transaction, std::int64_t ref);                        // earliest first
std::vector<Due> find_due(Transaction& transaction, TimePoint until, std::size_t at_most);  // earliest first
std::optional<TimePoint> next_due(Transaction& transaction);

}  // namespace passerelle::store
