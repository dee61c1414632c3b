#include "store/task.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/crypto.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

bool renew(Database& database, const std::string& kind, AddressId address, InboundId inbound) {
  Statement(database,
            "UPDATE task SET inbound = coalesce(?3, inbound) WHERE address = ?1 AND kind = ?2 AND closed IS NULL",
            address, kind, inbound)
      .run();
  return database.changes() > 0;
}

}  // namespace

bool open_task(Transaction& transaction, const std::string& kind, AddressId address, InboundId inbound, TimePoint now) {
  Database& database = transaction.database();
  if (renew(database, kind, address, inbound)) return false;
  Statement(database, "INSERT INTO task (ref, kind, address, inbound, opened) VALUES (?1, ?2, ?3, ?4, ?5)",
            crypto::random_ref(), kind, address, inbound, now)
      .run();
  return true;
}

std::vector<Task> open_tasks(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT id, ref, kind, address, inbound, opened FROM task"
                      " WHERE address = ?1 AND closed IS NULL ORDER BY opened, id",
                      address);
  std::vector<Task> tasks;
  while (statement.next()) {
    tasks.push_back({statement.get<TaskId>(0), statement.get<std::string>(1), statement.get<std::string>(2),
                     statement.get<AddressId>(3), statement.get<InboundId>(4), statement.get<TimePoint>(5)});
  }
  return tasks;
}

CaseId open_case(Transaction& transaction, const std::string& kind, AddressId address, const Answers& answers,
                 TimePoint now) {
  boost::json::object object;
  for (const auto& [name, answer] : answers) object[name] = answer;
  const std::string sealed = seal(boost::json::serialize(object));
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
