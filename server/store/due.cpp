#include "store/due.hpp"

#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::vector<Due> read(Statement& statement) {
  std::vector<Due> rows;
  while (statement.next()) {
    rows.push_back({statement.get<TimePoint>(0), statement.get<std::string>(1), statement.get<std::int64_t>(2)});
  }
  return rows;
}

}  // namespace

void add_due(Transaction& transaction, const Due& due) {
  Statement(transaction.database(), "INSERT INTO due (at, kind, ref) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            due.at, due.kind, due.ref)
      .run();
  transaction.note_due();
}

void remove_due(Transaction& transaction, const Due& due) {
  Statement(transaction.database(), "DELETE FROM due WHERE at = ?1 AND kind = ?2 AND ref = ?3", due.at, due.kind,
            due.ref)
      .run();
}

void remove_due_of(Transaction& transaction, const std::string& kind, std::int64_t ref) {
  Statement(transaction.database(), "DELETE FROM due WHERE ref = ?1 AND kind = ?2", ref, kind).run();
}

std::vector<Due> due_of(Transaction& transaction, std::int64_t ref) {
  Statement statement(transaction.database(), "SELECT at, kind, ref FROM due WHERE ref = ?1 ORDER BY at, kind", ref);
  return read(statement);
}

std::vector<Due> find_due(Transaction& transaction, TimePoint until, std::size_t at_most) {
  Statement statement(transaction.database(),
                      "SELECT at, kind, ref FROM due WHERE at <= ?1 ORDER BY at, kind, ref LIMIT ?2", until,
                      static_cast<std::int64_t>(at_most));
  return read(statement);
}

std::optional<TimePoint> next_due(Transaction& transaction) {
  Statement statement(transaction.database(), "SELECT min(at) FROM due");
  return statement.next() ? statement.get<std::optional<TimePoint>>(0) : std::nullopt;
}

}  // namespace passerelle::store
