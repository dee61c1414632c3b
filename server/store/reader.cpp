#include "store/reader.hpp"

#include <fmt/format.h>

#include "store/data_folder.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

result<std::unique_ptr<Reader>> Reader::open(const std::string& directory) {
  result<std::unique_ptr<Database>> opened =
      Database::open(fmt::format("{}/{}", directory, database_name), Database::Access::read);
  if (!opened) return opened.error();
  return std::unique_ptr<Reader>(new Reader(std::move(*opened)));
}

Reader::Reader(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Reader::~Reader() = default;

void Reader::read(const std::function<void(Transaction&)>& work) {
  struct Snapshot {
    explicit Snapshot(Database& opened) : database(opened) { Statement(database, "BEGIN").run(); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() { database.roll_back(); }
    Database& database;
  };
  const Snapshot snapshot(*database_);
  Transaction transaction(*database_);
  work(transaction);
}

}  // namespace passerelle::store
