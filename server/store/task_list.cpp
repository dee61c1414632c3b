#include "store/task_list.hpp"

#include "store/sealed.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"

namespace passerelle::store {

std::vector<ListedTask> newest_tasks(Transaction& transaction, std::int64_t limit,
                                     const std::optional<std::string>& kind) {
  Statement statement(transaction.database(),
                      "SELECT t.ref, t.kind, a.channel, a.user, t.opened, t.renewed, first.text,"
                      " CASE WHEN last.id <> first.id THEN last.text END, t.note, t.subject, t.inbound, t.last_inbound"
                      " FROM task t LEFT JOIN address a ON a.id = t.address"
                      " LEFT JOIN inbound first ON first.id = t.inbound"
                      " LEFT JOIN inbound last ON last.id = t.last_inbound"
                      " WHERE t.closed IS NULL AND (?2 IS NULL OR t.kind = ?2)"
                      " ORDER BY t.renewed DESC, t.id DESC LIMIT ?1",
                      limit, kind);
  const auto words = [&statement](int column) -> std::optional<std::string> {
    const auto sealed = statement.get<std::optional<std::string>>(column);
    return sealed ? std::optional(unseal(*sealed)) : std::nullopt;
  };
  std::vector<ListedTask> tasks;
  while (statement.next()) {
    ListedTask& task = tasks.emplace_back();
    task.ref = statement.get<std::string>(0);
    task.kind = statement.get<std::string>(1);
    if (const auto channel = statement.get<std::optional<std::string>>(2)) {
      task.from = Address{*channel, unseal(statement.get<std::string>(3))};
    }
    task.opened = statement.get<TimePoint>(4);
    task.renewed = statement.get<TimePoint>(5);
    task.text = words(6).value_or(std::string());
    task.last_text = words(7);
    task.notes = read_notes(statement.get<std::optional<std::string>>(8));
    task.subject = statement.get<std::string>(9);
    task.first_inbound = statement.get<InboundId>(10);
    task.last_inbound = statement.get<InboundId>(11);
  }
  return tasks;
}

// The partial index task_open holds exactly these.
std::int64_t count_open_tasks(Transaction& transaction, const std::optional<std::string>& kind) {
  Statement statement(transaction.database(),
                      "SELECT count(*) FROM task WHERE closed IS NULL AND (?1 IS NULL OR kind = ?1)", kind);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

std::vector<NamedTask> open_tasks_named(Transaction& transaction, const std::string& ref) {
  // Refs are lower-case hex digits, and 'g' follows 'f': the unique index finds the beginning.
  Statement statement(
      transaction.database(),
      "SELECT id, ref FROM task WHERE ref >= ?1 AND ref < ?1 || 'g' AND closed IS NULL ORDER BY ref LIMIT 2", ref);
  std::vector<NamedTask> tasks;
  while (statement.next()) tasks.push_back({statement.get<TaskId>(0), statement.get<std::string>(1)});
  return tasks;
}

std::vector<NamedTask> open_tasks_of(Transaction& transaction, const std::string& kind, std::int64_t limit) {
  Statement statement(transaction.database(),
                      "SELECT id, ref FROM task WHERE kind = ?1 AND closed IS NULL ORDER BY id LIMIT ?2", kind, limit);
  std::vector<NamedTask> tasks;
  while (statement.next()) tasks.push_back({statement.get<TaskId>(0), statement.get<std::string>(1)});
  return tasks;
}

void close_task(Transaction& transaction, TaskId task, TimePoint now) {
  Statement(transaction.database(), "UPDATE task SET closed = ?2 WHERE id = ?1 AND closed IS NULL", task, now).run();
}

}  // namespace passerelle::store
