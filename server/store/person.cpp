#include "store/person.hpp"

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

std::vector<std::string> names_of(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT p.name FROM address_person a JOIN person p ON p.id = a.person"
                      " WHERE a.address = ?1 AND p.name IS NOT NULL ORDER BY p.id",
                      address);
  std::vector<std::string> names;
  while (statement.next()) names.push_back(unseal(statement.get<std::string>(0)));
  return names;
}

}  // namespace passerelle::store
