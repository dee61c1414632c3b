// What a job on the writer thread is handed: the open transaction. Every noun's functions take it; SQL stays in store/.
#pragma once

#include <functional>

namespace passerelle::store {

class Database;

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Database& database() { return database_; }

  // Runs 'work' in a savepoint of its own. An exception rolls back only what 'work' did and is rethrown.
  void savepoint(const std::function<void()>& work);

 private:
  Database& database_;
};

}  // namespace passerelle::store
