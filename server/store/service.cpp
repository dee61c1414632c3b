#include "store/service.hpp"

#include <algorithm>

#include "domain/service_fields.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::vector<Service> read(Statement& statement) {
  std::vector<Service> services;
  while (statement.next()) services.push_back(load_service(statement.get<std::string>(0)));
  return services;
}

std::optional<std::int64_t> id_of(Database& database, const std::string& ref) {
  Statement statement(database, "SELECT id FROM service WHERE ref = ?1", ref);
  return statement.next() ? std::optional(statement.get<std::int64_t>(0)) : std::nullopt;
}

void forget_needs(Database& database, std::int64_t id) {
  Statement(database, "DELETE FROM service_need WHERE service = ?1", id).run();
}

}  // namespace

std::vector<Service> find_services(Transaction& transaction, Need need) {
  Statement statement(transaction.database(),
                      "SELECT s.data FROM service_need n JOIN service s ON s.id = n.service WHERE n.need = ?1"
                      " ORDER BY s.ref",
                      to_string(need));
  return read(statement);
}

std::vector<Service> all_services(Transaction& transaction) {
  Statement statement(transaction.database(), "SELECT data FROM service ORDER BY ref");
  return read(statement);
}

std::optional<Service> find_service(Transaction& transaction, const std::string& ref) {
  Statement statement(transaction.database(), "SELECT data FROM service WHERE ref = ?1", ref);
  return statement.next() ? std::optional(load_service(statement.get<std::string>(0))) : std::nullopt;
}

std::vector<Need> served_needs(Transaction& transaction) {
  Statement statement(transaction.database(), "SELECT DISTINCT need FROM service_need");
  std::vector<Need> needs;
  while (statement.next()) {
    if (const auto need = parse_need(statement.get<std::string>(0))) needs.push_back(*need);
  }
  std::ranges::sort(needs);
  return needs;
}

std::int64_t count_services(Transaction& transaction) {
  Statement statement(transaction.database(), "SELECT count(*) FROM service");
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

Kept keep_service(Transaction& transaction, const Service& service, TimePoint now) {
  Database& database = transaction.database();
  const auto before = find_service(transaction, service.ref);
  if (before && *before == service) return Kept::same;
  Statement(database,
            "INSERT INTO service (ref, data, changed_at) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (ref) DO UPDATE SET data = excluded.data, changed_at = excluded.changed_at",
            service.ref, save(service), now)
      .run();
  const std::int64_t id = id_of(database, service.ref).value();
  forget_needs(database, id);
  for (const Need need : service.needs) {
    Statement(database, "INSERT INTO service_need (need, service) VALUES (?1, ?2)", to_string(need), id).run();
  }
  return before ? Kept::changed : Kept::added;
}

bool remove_service(Transaction& transaction, const std::string& ref) {
  const auto id = id_of(transaction.database(), ref);
  if (!id) return false;
  forget_needs(transaction.database(), *id);
  Statement(transaction.database(), "DELETE FROM service WHERE id = ?1", *id).run();
  return true;
}

bool set_free_places(Transaction& transaction, const std::string& ref, std::optional<int> places, TimePoint now) {
  auto service = find_service(transaction, ref);
  if (!service) return false;
  service->free_places = places;
  keep_service(transaction, *service, now);
  return true;
}

}  // namespace passerelle::store
