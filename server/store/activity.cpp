#include "store/activity.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/crypto.hpp"
#include "store/address.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(','));
    words.emplace_back(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return words;
}

std::string civil_text(CivilTime at) { return date::format("%F %R", at); }

std::optional<std::string> sealed_or_none(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(seal(text));
}

std::optional<Blob> blob(const std::optional<std::string>& text) {
  return text ? std::optional(Blob{*text}) : std::nullopt;
}

std::optional<std::string_view> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

PersonId find_person(Database& database, AddressId address, const std::string& name) {
  Statement statement(database,
                      "SELECT p.id, p.name FROM address_person a JOIN person p ON p.id = a.person WHERE a.address = ?1",
                      address);
  while (statement.next()) {
    const auto known = statement.get<std::optional<std::string>>(1);
    if (known && unseal(*known) == name) return statement.get<PersonId>(0);
  }
  return {};
}

PersonId find_or_add_person(Database& database, AddressId address, const std::string& name, TimePoint now) {
  if (name.empty()) return {};
  if (const PersonId known = find_person(database, address, name)) return known;
  const std::string sealed = seal(name);
  Statement(database, "INSERT INTO person (ref, name, created_at) VALUES (?1, ?2, ?3)", crypto::random_ref(),
            Blob{sealed}, now)
      .run();
  const PersonId person{database.last_id()};
  Statement(database, "INSERT INTO address_person (address, person, since) VALUES (?1, ?2, ?3)", address, person, now)
      .run();
  return person;
}

// The columns of every SELECT below, in this order.
Appointment read_row(const Statement& row) {
  Appointment found;
  found.activity = row.get<ActivityId>(0);
  found.invitation = row.get<InvitationId>(1);
  found.ref = row.get<std::string>(2);
  found.address = row.get<AddressId>(3);
  found.to = {row.get<std::string>(4), unseal(row.get<std::string>(5))};
  const auto at = parse_civil(row.get<std::string>(6));
  const auto response = parse_response(row.get<std::string>(14));
  if (!at || !response) throw std::runtime_error("an appointment that cannot be read");
  found.at = *at;
  found.zone = row.get<std::string>(7);
  found.starts = row.get<TimePoint>(8);
  found.place = row.get<std::string>(9);
  if (const auto staff = row.get<std::optional<std::string>>(10)) found.with = unseal(*staff);
  found.bring = split(row.get<std::string>(11));
  found.revision = row.get<std::int64_t>(12);
  found.cancelled = row.get<bool>(13);
  found.response = *response;
  found.responded = row.get<std::optional<TimePoint>>(15);
  if (const auto name = row.get<std::optional<std::string>>(16)) found.name = unseal(*name);
  return found;
}

std::vector<Appointment> read_all(Statement& statement) {
  std::vector<Appointment> found;
  while (statement.next()) found.push_back(read_row(statement));
  return found;
}

std::optional<Appointment> read_one(Statement& statement) {
  return statement.next() ? std::optional(read_row(statement)) : std::nullopt;
}

}  // namespace

void insert_appointment(Transaction& transaction, Appointment& appointment, TimePoint now) {
  Database& database = transaction.database();
  appointment.address = find_or_add_address(transaction, appointment.to, now);
  appointment.ref = crypto::random_ref();
  const auto staff = sealed_or_none(appointment.with);
  const std::string bring = joined(appointment.bring);
  Statement(database,
            "INSERT INTO activity (ref, kind, at, zone, starts, place, staff, bring, revision, created_at)"
            " VALUES (?1, 'appointment', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            appointment.ref, civil_text(appointment.at), appointment.zone, appointment.starts,
            unless_empty(appointment.place), blob(staff), unless_empty(bring), appointment.revision, now)
      .run();
  appointment.activity = ActivityId{database.last_id()};
  const PersonId person = find_or_add_person(database, appointment.address, appointment.name, now);
  Statement(database, "INSERT INTO invitation (activity, address, person) VALUES (?1, ?2, ?3)", appointment.activity,
            appointment.address, person)
      .run();
  appointment.invitation = InvitationId{database.last_id()};
}

void update_appointment(Transaction& transaction, const Appointment& appointment, TimePoint now) {
  Database& database = transaction.database();
  const auto staff = sealed_or_none(appointment.with);
  const std::string bring = joined(appointment.bring);
  Statement(database,
            "UPDATE activity SET at = ?2, zone = ?3, starts = ?4, place = ?5, staff = ?6, bring = ?7, revision = ?8,"
            " cancelled_at = CASE WHEN ?9 THEN coalesce(cancelled_at, ?10) END WHERE id = ?1",
            appointment.activity, civil_text(appointment.at), appointment.zone, appointment.starts,
            unless_empty(appointment.place), blob(staff), unless_empty(bring), appointment.revision,
            appointment.cancelled, now)
      .run();
  Statement(database, "UPDATE invitation SET response = ?2, responded_at = ?3 WHERE id = ?1", appointment.invitation,
            to_string(appointment.response), appointment.responded)
      .run();
}

std::optional<Appointment> find_appointment(Transaction& transaction, InvitationId invitation) {
  Statement statement(
      transaction.database(),
      "SELECT v.id, i.id, v.ref, a.id, a.channel, a.user, v.at, v.zone, v.starts, v.place, v.staff, v.bring,"
      " v.revision, v.cancelled_at IS NOT NULL, i.response, i.responded_at, p.name"
      " FROM invitation i JOIN activity v ON v.id = i.activity JOIN address a ON a.id = i.address"
      " LEFT JOIN person p ON p.id = i.person WHERE i.id = ?1",
      invitation);
  return read_one(statement);
}

std::optional<Appointment> find_appointment(Transaction& transaction, const std::string& ref) {
  Statement statement(
      transaction.database(),
      "SELECT v.id, i.id, v.ref, a.id, a.channel, a.user, v.at, v.zone, v.starts, v.place, v.staff, v.bring,"
      " v.revision, v.cancelled_at IS NOT NULL, i.response, i.responded_at, p.name"
      " FROM activity v JOIN invitation i ON i.activity = v.id JOIN address a ON a.id = i.address"
      " LEFT JOIN person p ON p.id = i.person WHERE v.ref = ?1",
      ref);
  return read_one(statement);
}

std::vector<std::string> appointment_refs(Transaction& transaction, const std::string& beginning) {
  // Refs are lower-case hex digits, and 'g' follows 'f': the unique index finds the beginning.
  Statement statement(transaction.database(),
                      "SELECT ref FROM activity WHERE ref >= ?1 AND ref < ?1 || 'g' AND kind = 'appointment'"
                      " ORDER BY ref LIMIT 2",
                      beginning);
  std::vector<std::string> refs;
  while (statement.next()) refs.push_back(statement.get<std::string>(0));
  return refs;
}

std::vector<Appointment> appointments_between(Transaction& transaction, TimePoint from, TimePoint to, bool cancelled,
                                              std::size_t at_most) {
  Statement statement(
      transaction.database(),
      "SELECT v.id, i.id, v.ref, a.id, a.channel, a.user, v.at, v.zone, v.starts, v.place, v.staff, v.bring,"
      " v.revision, v.cancelled_at IS NOT NULL, i.response, i.responded_at, p.name"
      " FROM activity v JOIN invitation i ON i.activity = v.id JOIN address a ON a.id = i.address"
      " LEFT JOIN person p ON p.id = i.person"
      " WHERE v.starts >= ?1 AND v.starts < ?2 AND (?3 OR v.cancelled_at IS NULL) ORDER BY v.starts, v.id LIMIT ?4",
      from, to, cancelled, static_cast<std::int64_t>(at_most));
  return read_all(statement);
}

std::vector<Appointment> appointments_of(Transaction& transaction, AddressId address, TimePoint from,
                                         std::size_t at_most) {
  Statement statement(
      transaction.database(),
      "SELECT v.id, i.id, v.ref, a.id, a.channel, a.user, v.at, v.zone, v.starts, v.place, v.staff, v.bring,"
      " v.revision, v.cancelled_at IS NOT NULL, i.response, i.responded_at, p.name"
      " FROM invitation i JOIN activity v ON v.id = i.activity JOIN address a ON a.id = i.address"
      " LEFT JOIN person p ON p.id = i.person"
      " WHERE i.address = ?1 AND v.starts > ?2 AND v.cancelled_at IS NULL",
      address, from);
  // Each turn asks: ordered here, because SQLite makes its sorter also where there is nothing to sort.
  std::vector<Appointment> found = read_all(statement);
  std::ranges::sort(found, {}, [](const Appointment& each) { return std::pair(each.starts, each.activity); });
  found.resize(std::min(found.size(), at_most));
  return found;
}

}  // namespace passerelle::store
