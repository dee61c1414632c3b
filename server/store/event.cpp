#include "store/event.hpp"

#include <optional>

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

void add_event(Transaction& transaction, const std::string& kind, std::int64_t ref, const std::string& detail,
               TimePoint now) {
  const std::string sealed = seal(detail);
  Statement(transaction.database(), "INSERT INTO event (at, kind, ref, detail) VALUES (?1, ?2, ?3, ?4)", now, kind,
            ref == 0 ? std::nullopt : std::optional(ref), Blob{sealed})
      .run();
}

std::vector<Event> events_of(Transaction& transaction, const std::string& kind, std::int64_t ref) {
  Statement statement(transaction.database(),
                      "SELECT seq, at, kind, ref, detail FROM event WHERE ref = ?1 AND kind = ?2 ORDER BY seq", ref,
                      kind);
  std::vector<Event> events;
  while (statement.next()) {
    events.push_back({statement.get<std::int64_t>(0), statement.get<TimePoint>(1), statement.get<std::string>(2),
                      statement.get<std::int64_t>(3), unseal(statement.get<std::string>(4))});
  }
  return events;
}

}  // namespace passerelle::store
