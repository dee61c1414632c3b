// Figures of the whole house for /metrics: how many, in which state, and how long the oldest has waited. No person's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

struct ByState {
  std::string channel;
  std::string state;
  std::int64_t count = 0;
};

struct WaitingMessages {
  std::string channel;                // of messages that leave on our own account
  std::int64_t count = 0;             // queued, those that wait for their time too
  std::optional<TimePoint> could_go;  // since when the oldest that may leave could have left
};

struct OpenTasks {
  std::string kind;
  std::int64_t count = 0;
  TimePoint oldest{};
};

struct DueRows {
  std::int64_t count = 0;
  std::optional<TimePoint> first;
};

// The totals look at every message: use them on a reading thread.
std::vector<ByState> inbound_by_state(Transaction& transaction);
std::vector<ByState> outbound_by_state(Transaction& transaction);
std::vector<ByState> attachments_by_state(Transaction& transaction);
std::vector<WaitingMessages> waiting_messages(Transaction& transaction, TimePoint now);
std::vector<OpenTasks> open_tasks_by_kind(Transaction& transaction);
DueRows due_rows(Transaction& transaction);

}  // namespace passerelle::store
