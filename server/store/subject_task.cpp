#include "store/subject_task.hpp"

#include "base/crypto.hpp"
#include "store/statement.hpp"
#include "store/task_note.hpp"

namespace passerelle::store {

bool open_task_about(Transaction& transaction, const std::string& kind, const std::string& subject, const Answers& note,
                     TimePoint now) {
  Database& database = transaction.database();
  const std::string sealed = seal_notes({note});
  Statement(database, "UPDATE task SET note = ?3 WHERE kind = ?1 AND subject = ?2 AND closed IS NULL", kind, subject,
            Blob{sealed})
      .run();
  if (database.changes() > 0) return false;
  Statement(database, "INSERT INTO task (ref, kind, subject, note, opened, renewed) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            crypto::random_ref(), kind, subject, Blob{sealed}, now)
      .run();
  return true;
}

std::vector<SubjectTask> open_tasks_about(Transaction& transaction, const std::string& kind) {
  Statement statement(
      transaction.database(),
      "SELECT id, subject FROM task WHERE kind = ?1 AND subject IS NOT NULL AND closed IS NULL ORDER BY subject", kind);
  std::vector<SubjectTask> tasks;
  while (statement.next()) tasks.push_back({statement.get<TaskId>(0), statement.get<std::string>(1)});
  return tasks;
}

}  // namespace passerelle::store
