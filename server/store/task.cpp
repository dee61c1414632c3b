#include "store/task.hpp"

#include <algorithm>
#include <array>

#include "base/crypto.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"
#include "store/task_note.hpp"

namespace passerelle::store {
namespace {

// The message that opened the task stays its first: a cry for help is not hidden behind what was written after it.
bool renew(Database& database, const std::string& kind, AddressId address, InboundId inbound, TimePoint now) {
  Statement(database,
            "UPDATE task SET last_inbound = coalesce(?3, last_inbound), renewed = ?4"
            " WHERE address = ?1 AND kind = ?2 AND closed IS NULL",
            address, kind, inbound, now)
      .run();
  return database.changes() > 0;
}

void add_to_note(Database& database, const std::string& kind, AddressId address, const Answers& note) {
  TaskNotes notes;
  {
    Statement statement(database, "SELECT note FROM task WHERE address = ?1 AND kind = ?2 AND closed IS NULL", address,
                        kind);
    if (statement.next()) notes = read_notes(statement.get<std::optional<std::string>>(0));
  }
  add_note(notes, note);
  const std::string sealed = seal_notes(notes);
  Statement(database, "UPDATE task SET note = ?3 WHERE address = ?1 AND kind = ?2 AND closed IS NULL", address, kind,
            Blob{sealed})
      .run();
}

}  // namespace

bool open_task(Transaction& transaction, const std::string& kind, AddressId address, InboundId inbound, TimePoint now,
               const Answers& note) {
  Database& database = transaction.database();
  const bool renewed = renew(database, kind, address, inbound, now);
  if (!renewed) {
    Statement(database,
              "INSERT INTO task (ref, kind, address, inbound, last_inbound, opened, renewed)"
              " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?5)",
              crypto::random_ref(), kind, address, inbound, now)
        .run();
  }
  if (!note.empty()) add_to_note(database, kind, address, note);
  return !renewed;
}

std::vector<Task> open_tasks(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT id, ref, kind, address, inbound, last_inbound, opened, note FROM task"
                      " WHERE address = ?1 AND closed IS NULL ORDER BY opened, id",
                      address);
  std::vector<Task> tasks;
  while (statement.next()) {
    tasks.push_back({statement.get<TaskId>(0), statement.get<std::string>(1), statement.get<std::string>(2),
                     statement.get<AddressId>(3), statement.get<InboundId>(4), statement.get<InboundId>(5),
                     statement.get<TimePoint>(6), read_notes(statement.get<std::optional<std::string>>(7))});
  }
  return tasks;
}

bool waits_for_person(Transaction& transaction, AddressId address, TimePoint since) {
  // Each turn asks: a list of kinds in SQL would be a table that SQLite makes anew each time.
  static constexpr std::array<std::string_view, 7> kinds = {"person",       "call_back", "danger",    "minor",
                                                            "place_wanted", "flat",      "new_number"};
  Statement statement(transaction.database(),
                      "SELECT kind FROM task WHERE address = ?1 AND closed IS NULL AND renewed > ?2", address, since);
  while (statement.next()) {
    if (std::ranges::find(kinds, statement.get<std::string>(0)) != kinds.end()) return true;
  }
  return false;
}

CaseId open_case(Transaction& transaction, const std::string& kind, AddressId address, const Answers& answers,
                 TimePoint now) {
  const std::string sealed = seal_answers(answers);
  Statement(transaction.database(),
            "INSERT INTO case_file (ref, kind, address, answers, opened) VALUES (?1, ?2, ?3, ?4, ?5)",
            crypto::random_ref(), kind, address, Blob{sealed}, now)
      .run();
  return CaseId{transaction.database().last_id()};
}

std::int64_t count_cases(Transaction& transaction, const std::string& kind) {
  Statement statement(transaction.database(), "SELECT count(*) FROM case_file WHERE kind = ?1", kind);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

}  // namespace passerelle::store
