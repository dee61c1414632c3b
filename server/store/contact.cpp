#include "store/contact.hpp"

#include <stdexcept>

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

Contact load_contact(Transaction& transaction, AddressId address) {
  Statement statement(transaction.database(),
                      "SELECT readers, discreet, safe_hours, paused, code FROM contact WHERE address = ?1", address);
  if (!statement.next()) return {};
  Contact contact;
  const auto readers = parse_readers(statement.get<std::string>(0));
  if (!readers) throw std::runtime_error("contact: unknown readers");
  contact.readers = *readers;
  contact.discreet = statement.get<bool>(1);
  if (const auto hours = statement.get<std::optional<std::string>>(2)) {
    contact.safe_hours = parse_safe_hours(*hours);
    // Never "always" because of a damaged row.
    if (!contact.safe_hours) throw std::runtime_error("contact: unreadable safe hours");
  }
  contact.paused = statement.get<bool>(3);
  if (const auto code = statement.get<std::optional<std::string>>(4)) contact.code = unseal(*code);
  return contact;
}

void save_contact(Transaction& transaction, AddressId address, const Contact& contact, TimePoint now) {
  const std::string code = contact.code.empty() ? std::string() : seal(contact.code);
  Statement(transaction.database(),
            "INSERT INTO contact (address, readers, discreet, safe_hours, paused, code, changed_at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (address) DO UPDATE SET readers = excluded.readers,"
            " discreet = excluded.discreet, safe_hours = excluded.safe_hours, paused = excluded.paused,"
            " code = excluded.code, changed_at = excluded.changed_at",
            address, to_string(contact.readers), contact.discreet,
            contact.safe_hours ? std::optional(to_string(*contact.safe_hours)) : std::nullopt, contact.paused,
            code.empty() ? std::nullopt : std::optional(Blob{code}), now)
      .run();
}

}  // namespace passerelle::store
