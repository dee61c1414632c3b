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

}  // namespace

std::vector<ListedCase> cases_of(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT ref, kind, opened, answers FROM case_file WHERE address = ?1 ORDER BY id", address);
  std::vector<ListedCase> cases;
  while (statement.next()) {
    cases.push_back({statement.get<std::string>(0), statement.get<std::string>(1), statement.get<TimePoint>(2),
                     read_answers(unseal(statement.get<std::string>(3)))});
  }
  return cases;
}

}  // namespace passerelle::store
