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

HeardFrom find_heard(Database& database, const Address& address, const std::string& user,
                     std::optional<TimePoint>& last_heard) {
  Statement row(database,
                "SELECT id, last_heard_at, EXISTS (SELECT 1 FROM contact WHERE address = a.id),"
                " EXISTS (SELECT 1 FROM invitation WHERE address = a.id) FROM address a WHERE id = coalesce("
                "(SELECT address FROM alias WHERE channel = ?1 AND user = ?2),"
                " (SELECT id FROM address WHERE channel = ?1 AND user = ?2))",
                lent, address.channel, Blob{user});
  if (!row.next()) return {};
  last_heard = row.get<std::optional<TimePoint>>(1);
  return {row.get<AddressId>(0), row.get<bool>(2), row.get<bool>(3)};
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

HeardFrom find_or_add_heard(Transaction& transaction, const Address& address, TimePoint at, TimePoint now) {
  constexpr std::chrono::minutes told_apart{1};
  Database& database = transaction.database();
  const std::string user = seal_for_search(address.user);
  std::optional<TimePoint> known;
  HeardFrom heard = find_heard(database, address, user, known);
  if (!heard.id) heard = {add(database, address, user, now), false, false};
  if (!known || at - *known >= told_apart) set_heard(transaction, heard.id, at);
  return heard;
}

AddressId find_or_add_address(Transaction& transaction, const Address& address, TimePoint now) {
  Database& database = transaction.database();
  const std::string user = seal_for_search(address.user);
  const AddressId found = find_address(transaction, address);
  return found ? found : add(database, address, user, now);
}

}  // namespace passerelle::store
