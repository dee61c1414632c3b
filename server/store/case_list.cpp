#include "store/case_list.hpp"

#include <boost/json/parse.hpp>

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

Answers read_answers(const std::string& text) {
  Answers answers;
  const boost::json::value value = boost::json::parse(text);
  for (const auto& [name, answer] : value.as_object()) answers[name] = std::string_view(answer.as_string());
  return answers;
}

// Columns: ref, kind, channel, user, opened, answers.
std::vector<ListedCase> read_cases(Statement& statement) {
  std::vector<ListedCase> cases;
  while (statement.next()) {
    cases.push_back({statement.get<std::string>(0), statement.get<std::string>(1),
                     Address{statement.get<std::string>(2), unseal(statement.get<std::string>(3))},
                     statement.get<TimePoint>(4), read_answers(unseal(statement.get<std::string>(5)))});
  }
  return cases;
}

}  // namespace

std::vector<ListedCase> cases_of(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT c.ref, c.kind, a.channel, a.user, c.opened, c.answers FROM case_file c"
                      " JOIN address a ON a.id = c.address WHERE c.address = ?1 ORDER BY c.id",
                      address);
  return read_cases(statement);
}

std::vector<ListedCase> newest_cases(Transaction& transaction, std::int64_t limit,
                                     const std::optional<std::string>& kind) {
  Statement statement(transaction.database(),
                      "SELECT c.ref, c.kind, a.channel, a.user, c.opened, c.answers FROM case_file c"
                      " JOIN address a ON a.id = c.address WHERE ?2 IS NULL OR c.kind = ?2"
                      " ORDER BY c.id DESC LIMIT ?1",
                      limit, kind);
  return read_cases(statement);
}

std::int64_t count_all_cases(Transaction& transaction, const std::optional<std::string>& kind) {
  Statement statement(transaction.database(), "SELECT count(*) FROM case_file WHERE ?1 IS NULL OR kind = ?1", kind);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

}  // namespace passerelle::store
