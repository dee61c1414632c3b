// What a job on the writer thread is handed: the open transaction. Every noun's functions take it; SQL stays in store/.
#pragma once

#include <functional>
#include <set>
#include <string>

namespace passerelle::store {

class Database;

// What a transaction leaves for others to do once it is committed: they are woken, and look for themselves.
struct Notes {
  std::set<std::string> channels;  // with a new message to send
  bool due = false;                // a due row was added
  std::set<std::string> media;     // channels with an attachment to fetch, or a file to remove

  bool empty() const { return channels.empty() && !due && media.empty(); }
};

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Database& database() { return database_; }

  // Runs 'work' in a savepoint of its own. An exception rolls back only what 'work' did and is rethrown.
  void savepoint(const std::function<void()>& work);

  // What is rolled back may leave its notes behind: whoever is woken then finds nothing.
  void note_outbound(const std::string& channel) { notes_.channels.insert(channel); }
  void note_due() { notes_.due = true; }
  void note_media(const std::string& channel) { notes_.media.insert(channel); }
  const Notes& notes() const { return notes_; }

 private:
  Database& database_;
  Notes notes_;
};

}  // namespace passerelle::store
