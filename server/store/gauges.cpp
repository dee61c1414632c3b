#include "store/gauges.hpp"

#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::vector<ByState> read_counts(Statement& statement) {
  std::vector<ByState> counts;
  while (statement.next()) {
    counts.push_back({statement.get<std::string>(0), statement.get<std::string>(1), statement.get<std::int64_t>(2)});
  }
  return counts;
}

}  // namespace

std::vector<ByState> inbound_by_state(Transaction& transaction) {
  Statement statement(transaction.database(),
                      "SELECT channel, state, count(*) FROM inbound GROUP BY channel, state ORDER BY channel, state");
  return read_counts(statement);
}

// An inline reply has no channel of its own, only its address's.
std::vector<ByState> outbound_by_state(Transaction& transaction) {
  Statement statement(transaction.database(),
                      "SELECT coalesce(o.channel, a.channel), o.state, count(*) FROM outbound o"
                      " JOIN address a ON a.id = o.address GROUP BY 1, 2 ORDER BY 1, 2");
  return read_counts(statement);
}

std::vector<ByState> attachments_by_state(Transaction& transaction) {
  Statement statement(
      transaction.database(),
      "SELECT channel, state, count(*) FROM attachment GROUP BY channel, state ORDER BY channel, state");
  return read_counts(statement);
}

std::vector<WaitingMessages> waiting_messages(Transaction& transaction, TimePoint now) {
  Statement statement(transaction.database(),
                      "SELECT channel, count(*), min(CASE WHEN next_at <= ?1 THEN next_at END) FROM outbound"
                      " WHERE via = 'api' AND state = 'queued' GROUP BY channel ORDER BY channel",
                      now);
  std::vector<WaitingMessages> waiting;
  while (statement.next()) {
    waiting.push_back(
        {statement.get<std::string>(0), statement.get<std::int64_t>(1), statement.get<std::optional<TimePoint>>(2)});
  }
  return waiting;
}

std::vector<OpenTasks> open_tasks_by_kind(Transaction& transaction) {
  Statement statement(transaction.database(),
                      "SELECT kind, count(*), min(opened) FROM task WHERE closed IS NULL GROUP BY kind ORDER BY kind");
  std::vector<OpenTasks> tasks;
  while (statement.next()) {
    tasks.push_back({statement.get<std::string>(0), statement.get<std::int64_t>(1), statement.get<TimePoint>(2)});
  }
  return tasks;
}

DueRows due_rows(Transaction& transaction) {
  Statement statement(transaction.database(), "SELECT count(*), min(at) FROM due");
  if (!statement.next()) return {};
  return {statement.get<std::int64_t>(0), statement.get<std::optional<TimePoint>>(1)};
}

}  // namespace passerelle::store
