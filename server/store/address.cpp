#include "store/address.hpp"

#include "store/alias.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

AddressId find(Database& database, const Address& address, const std::string& user) {
  Statement statement(database, "SELECT id FROM address WHERE channel = ?1 AND user = ?2", address.channel, Blob{user});
  return statement.next() ? statement.get<AddressId>(0) : AddressId{};
}

AddressId add(Database& database, const Address& address, const std::string& user, TimePoint now) {
  Statement(database, "INSERT INTO address (channel, user, created_at) VALUES (?1, ?2, ?3)", address.channel,
            Blob{user}, now)
      .run();
  return AddressId{database.last_id()};
}

}  // namespace

AddressId find_address(Transaction& transaction, const Address& address) {
  const AddressId alias = find_alias(transaction, address);
  if (alias) return alias;
  return find(transaction.database(), address, seal_for_search(address.user));
}

std::optional<Address> find_address_of(Transaction& transaction, AddressId id) {
  Statement statement(transaction.database(), "SELECT channel, user FROM address WHERE id = ?1", id);
  if (!statement.next()) return std::nullopt;
  return Address{statement.get<std::string>(0), unseal(statement.get<std::string>(1))};
}

std::optional<TimePoint> last_heard(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(), "SELECT last_heard_at FROM address WHERE id = ?1", address);
  return statement.next() ? statement.get<std::optional<TimePoint>>(0) : std::nullopt;
}

void set_heard(Transaction& transaction, AddressId address, TimePoint at) {
  Statement(transaction.database(),
            "UPDATE address SET last_heard_at = ?2 WHERE id = ?1 AND coalesce(last_heard_at, 0) < ?2", address, at)
      .run();
}

AddressId find_or_add_address(Transaction& transaction, const Address& address, TimePoint now) {
  Database& database = transaction.database();
  const std::string user = seal_for_search(address.user);
  const AddressId found = find_address(transaction, address);
  return found ? found : add(database, address, user, now);
}

}  // namespace passerelle::store
