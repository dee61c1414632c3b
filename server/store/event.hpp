// The log of what happened, for staff and for whoever must explain it later.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct Event {
  std::int64_t seq = 0;
  TimePoint at{};
  std::string kind;      // "reminder.skipped", "appointment.moved"
  std::int64_t ref = 0;  // what it is about, by kind; 0: nothing
  std::string detail;    // JSON or a word; sealed in the database
};

void add_event(Transaction& transaction, const std::string& kind, std::int64_t ref, const std::string& detail,
               TimePoint now);
std::vector<Event> events_of(Transaction& transaction, const std::string& kind, std::int64_t ref);  // oldest first

}  // namespace passerelle::store
