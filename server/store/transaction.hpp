// What a job on the writer thread is handed: the open transaction. Every noun's functions take it; SQL stays in store/.
#pragma once

#include <functional>
#include <optional>
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
  // together: the job shares its savepoint with others and is run again, alone, if anything in it fails.
  enum class Undone { alone, together };

  explicit Transaction(Database& database, Undone undone = Undone::alone) : database_(database), undone_(undone) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Database& database() { return database_; }

  // Runs 'work' in a savepoint of its own. An exception rolls back only what 'work' did and is rethrown.
  // Of a job that is undone together with others, nothing is rolled back here: what is thrown instead is no exception
  // that anybody but the batch handles, and the job is run again with a savepoint for this.
  void savepoint(const std::function<void()>& work);
  struct RunAlone {};
  // Why the job must be run again, whatever became of RunAlone on its way.
  const std::optional<std::string>& stumbled() const { return stumbled_; }

  // What is rolled back may leave its notes behind: whoever is woken then finds nothing.
  void note_outbound(const std::string& channel) { notes_.channels.insert(channel); }
  void note_due() { notes_.due = true; }
  void note_media(const std::string& channel) { notes_.media.insert(channel); }
  const Notes& notes() const { return notes_; }

 private:
  void together(const std::function<void()>& work);

  Database& database_;
  Undone undone_;
  std::optional<std::string> stumbled_;
  Notes notes_;
};

}  // namespace passerelle::store
