#include "store/content_version.hpp"

#include "store/statement.hpp"

namespace passerelle::store {

void keep_content(Transaction& transaction, const std::string& kind, const std::string& name, const std::string& hash,
                  const std::string& text, TimePoint now) {
  Statement(transaction.database(),
            "INSERT INTO content_version (kind, hash, name, text, created_at) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (kind, hash, name) DO NOTHING",
            kind, hash, name, text, now)
      .run();
}

std::optional<std::string> find_content(Transaction& transaction, const std::string& kind, const std::string& hash) {
  Statement statement(transaction.database(), "SELECT text FROM content_version WHERE kind = ?1 AND hash = ?2", kind,
                      hash);
  if (!statement.next()) return std::nullopt;
  return statement.get<std::string>(0);
}

}  // namespace passerelle::store
