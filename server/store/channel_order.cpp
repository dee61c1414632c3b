#include "store/channel_order.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "base/crypto.hpp"
#include "store/contact.hpp"
#include "store/person.hpp"
#include "store/statement.hpp"
#include "store/undelivered.hpp"

namespace passerelle::store {
namespace {

PersonId person_in_order(Database& database, AddressId address) {
  Statement statement(database, "SELECT person FROM channel_order WHERE address = ?1", address);
  return statement.next() ? statement.get<PersonId>(0) : PersonId{};
}

// Whoever reads the address, when that is one person and known; else somebody of whom nothing else is recorded yet.
PersonId person_of(Database& database, AddressId address, TimePoint now) {
  {
    Statement readers(database, "SELECT min(person), count(*) FROM address_person WHERE address = ?1", address);
    if (readers.next() && readers.get<std::int64_t>(1) == 1) {
      const PersonId person = readers.get<PersonId>(0);
      Statement taken(database, "SELECT 1 FROM channel_order WHERE person = ?1 LIMIT 1", person);
      if (!taken.next()) return person;
    }
  }
  Statement(database, "INSERT INTO person (ref, created_at) VALUES (?1, ?2)", crypto::random_ref(), now).run();
  return PersonId{database.last_id()};
}

}  // namespace

std::vector<AddressId> channel_order(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT address FROM channel_order WHERE person = (SELECT person FROM channel_order"
                      " WHERE address = ?1) ORDER BY place",
                      address);
  std::vector<AddressId> order;
  while (statement.next()) order.push_back(statement.get<AddressId>(0));
  return order;
}

std::vector<AddressId> next_addresses(Transaction& transaction, AddressId address) {
  std::vector<AddressId> order = channel_order(transaction, address);
  const auto found = std::ranges::find(order, address);
  order.erase(order.begin(), found == order.end() ? found : found + 1);
  return order;
}

bool read_by_several(Transaction& transaction, const std::vector<AddressId>& order) {
  std::set<std::string> names;
  for (const AddressId each : order) {
    if (each != order.back() && load_contact(transaction, each).readers == Readers::shared) return true;
    for (std::string& name : names_of(transaction, each)) names.insert(std::move(name));
  }
  return names.size() > 1;
}

void stop_gone_on_to(Transaction& transaction, AddressId address, const std::string& why, TimePoint now) {
  Statement(transaction.database(),
            "UPDATE outbound SET stop_at = ?2, why = ?3, state = CASE WHEN leased_until IS NOT NULL THEN state"
            " WHEN resent THEN 'uncertain' ELSE 'stopped' END, state_at = CASE WHEN leased_until IS NULL THEN ?2 ELSE "
            "state_at END"
            " WHERE address = ?1 AND instead_of IS NOT NULL AND via = 'api' AND state = 'queued'",
            address, now, why)
      .run();
  if (transaction.database().changes() > 0) reach_otherwise(transaction, address, {}, now);
}

void set_channel_order(Transaction& transaction, const std::vector<AddressId>& addresses, TimePoint now) {
  if (addresses.empty()) return;
  Database& database = transaction.database();
  if (const PersonId before = person_in_order(database, addresses.front()))
    Statement(database, "DELETE FROM channel_order WHERE person = ?1", before).run();
  if (addresses.size() < 2) return;
  const PersonId person = person_of(database, addresses.front(), now);
  for (std::size_t place = 0; place < addresses.size(); ++place) {
    Statement(database, "INSERT INTO channel_order (address, person, place) VALUES (?1, ?2, ?3)", addresses[place],
              person, static_cast<std::int64_t>(place))
        .run();
  }
}

}  // namespace passerelle::store
